import AxeBuilder from '@axe-core/playwright';
import { composeSmallJob, submit } from './compose';
import { expect, test } from './fixtures';

test('a job’s events and what its pods use are shown in words, in both languages', async ({
  page,
  local,
}) => {
  await composeSmallJob(page, local.url, { name: 'busy', command: 'while :; do :; done' });
  await submit(page);
  await expect(page).toHaveTitle(/Running/, { timeout: 30_000 });
  await page.getByText('Events and usage').click();
  const events = page.getByRole('region', { name: 'Events' });
  await expect(events).toContainText(/\d\d:\d\d:\d\d Started pod: dlc\w{13}-master-0/);
  await expect(page.getByText('times in UTC')).toBeVisible();
  const usage = page.getByRole('region', { name: 'CPU and memory' });
  // A loop that does nothing keeps a core busy, as far as this machine has one to spare.
  await expect(usage.getByRole('row').nth(1)).toContainText(/(0\.0[1-9]|0\.[1-9]\d?|1(\.\d\d?)?) cores/, {
    timeout: 15_000,
  });
  await expect(usage.getByRole('row').nth(1)).toContainText(/[\d.]+ [KM]iB/);
  await expect(usage.locator('svg').first()).toBeVisible({ timeout: 15_000 });
  expect((await new AxeBuilder({ page }).analyze()).violations.map(({ id }) => id)).toEqual([]);

  await page.setViewportSize({ width: 390, height: 844 });
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);

  await page.getByRole('button', { name: 'Stop job' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Stop job' }).click();
  await expect(events).toContainText('is Stopped: Job is stopped by user', { timeout: 30_000 });
  await page.getByRole('button', { name: 'Language and theme' }).click();
  await page.getByRole('combobox', { name: 'Language' }).selectOption('zh-CN');
  await expect(page.getByText('事件与用量')).toBeVisible();
  await expect(page.getByRole('region', { name: 'CPU 与内存' })).toContainText('核');
});
