import type { Page } from '@playwright/test';
import { composeSmallJob, openNewJob, openStep, submit } from './compose';
import { expect, test } from './fixtures';

test.describe('with reduced motion', () => {
  test.use({ contextOptions: { reducedMotion: 'reduce' } });

  const moving = (page: Page) =>
    page.evaluate(() =>
      [...document.querySelectorAll('*')]
        .map((element) => ({ name: element.outerHTML.slice(0, 80), style: getComputedStyle(element) }))
        .filter(
          ({ style }) => style.animationName !== 'none' || !/^0s(, 0s)*$/.test(style.transitionDuration),
        )
        .map(({ name }) => name),
    );

  test('nothing in the form moves by itself', async ({ page, local }) => {
    await openNewJob(page, local.url);
    expect(await moving(page)).toEqual([]);
    await openStep(page, 'Roles');
    expect(await moving(page)).toEqual([]);
  });

  test('nothing on a job, in its dialogs and in the list moves by itself', async ({ page, local }) => {
    await composeSmallJob(page, local.url, { name: 'calm', command: 'sleep 600' });
    await submit(page);
    const stop = page.getByRole('button', { name: 'Stop job' });
    await expect(stop).toBeEnabled();
    expect(await moving(page)).toEqual([]);
    await stop.click();
    await expect(page.getByRole('alertdialog')).toBeVisible();
    expect(await moving(page)).toEqual([]);
    await page.goto(`${local.url}/jobs`);
    await expect(page.getByRole('link', { name: 'calm' })).toBeVisible();
    expect(await moving(page)).toEqual([]);
  });
});

test('Escape takes nothing from the form', async ({ page, local }) => {
  await composeSmallJob(page, local.url, { name: 'escaped', command: 'sleep 600' });
  await openStep(page, 'Command and code');
  const address = page.url();
  await page.getByLabel('Command', { exact: true }).press('Escape');
  await expect(page.getByLabel('Command', { exact: true })).toHaveValue('sleep 600');
  expect(page.url()).toBe(address);
  await openStep(page, 'Basics');
  await page.getByLabel('Name', { exact: true }).press('Escape');
  await expect(page.getByLabel('Name', { exact: true })).toHaveValue('escaped');
});

test('Escape closes the dialog it meets and nothing else', async ({ page, local }) => {
  await composeSmallJob(page, local.url, { name: 'escaped', command: 'sleep 600' });
  await submit(page);
  const stop = page.getByRole('button', { name: 'Stop job' });
  await expect(stop).toBeEnabled();
  await page.getByText('Request body as sent').click();
  const body = page.getByText('"sleep 600"').filter({ visible: true });
  await expect(body).toHaveCount(1);
  const address = page.url();
  await stop.click();
  await expect(page.getByRole('alertdialog')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('alertdialog')).toBeHidden();
  await expect(stop).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(body).toHaveCount(1);
  expect(page.url()).toBe(address);
});
