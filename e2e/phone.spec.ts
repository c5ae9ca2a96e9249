import { openNewJob } from './compose';
import { expect, test } from './fixtures';

test.use({ viewport: { width: 390, height: 844 } });

test('on a phone the current step stays in sight, however it was reached', async ({ page, local }) => {
  await openNewJob(page, local.url);
  const current = page.getByRole('navigation', { name: 'Steps' }).locator('[aria-current=step]');
  const expectInSight = async (name: string) => {
    await expect(current).toContainText(name);
    // What counts is the line of steps; up and down the page moves with the heading.
    await page.evaluate(() => scrollTo(0, 0));
    await expect(current).toBeInViewport({ ratio: 0.95 });
  };
  for (const name of ['Roles', 'Command and code', 'Data', 'Environment']) {
    await page.getByRole('button', { name: 'Next' }).click();
    await expectInSight(name);
  }
  await page.keyboard.press('ControlOrMeta+Enter');
  await expectInSight('Review');
  await page.reload();
  await expectInSight('Review');
});

test('on a phone the header takes one row', async ({ page, local }) => {
  for (const path of ['/jobs', '/submissions']) {
    await page.goto(local.url + path);
    const header = page.getByRole('banner');
    const middles = [];
    for (const name of ['Jobwright', 'Jobs', 'Submissions', 'New job']) {
      const box = await header.getByRole('link', { name, exact: true }).boundingBox();
      if (box !== null) middles.push(box.y + box.height / 2);
    }
    expect(middles).toHaveLength(4);
    expect(Math.max(...middles) - Math.min(...middles), `${path}: ${middles}`).toBeLessThan(4);
  }
});
