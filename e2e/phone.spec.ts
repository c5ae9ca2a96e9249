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
