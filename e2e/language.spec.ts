import { openNewJob } from './compose';
import { expect, test } from './fixtures';

test.describe('a Chinese browser', () => {
  test.use({ locale: 'zh-CN' });

  test('gets Chinese pages and errors', async ({ page, local }) => {
    await page.goto(`${local.url}/jobs/new`);
    await expect(page.locator('html')).toHaveAttribute('lang', 'zh-CN');
    await expect(page.getByRole('heading', { level: 1, name: '新建任务' })).toBeVisible();
    const name = page.getByLabel('名称', { exact: true });
    await name.fill('a b');
    await name.blur();
    await expect(page.getByText('不含空格')).toBeVisible();
  });
});

test('switching the language keeps the half-filled form', async ({ page, local }) => {
  await openNewJob(page, local.url);
  await page.getByLabel('Name', { exact: true }).fill('half-filled');
  await page.getByLabel('Language').selectOption('zh-CN');
  await expect(page.getByRole('heading', { level: 1, name: '新建任务' })).toBeVisible();
  await expect(page.getByLabel('名称', { exact: true })).toHaveValue('half-filled');
  await page.reload();
  await expect(page.getByRole('heading', { level: 1, name: '新建任务' })).toBeVisible();
});

test('the theme chosen is kept', async ({ page, local }) => {
  await page.goto(`${local.url}/jobs`);
  const kept = page.waitForResponse((response) => response.request().method() === 'POST');
  await page.getByLabel('Theme').selectOption('dark');
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await kept;
  await page.reload();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
});
