import AxeBuilder from '@axe-core/playwright';
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
  await page.getByRole('button', { name: 'Language and theme' }).click();
  await page.getByRole('combobox', { name: 'Language' }).selectOption('zh-CN');
  await expect(page.getByRole('heading', { level: 1, name: '新建任务' })).toBeVisible();
  await expect(page.getByLabel('名称', { exact: true })).toHaveValue('half-filled');
  await page.reload();
  await expect(page.getByRole('heading', { level: 1, name: '新建任务' })).toBeVisible();
});

test('the theme chosen is kept', async ({ page, local }) => {
  await page.goto(`${local.url}/jobs`);
  const kept = page.waitForResponse((response) => response.request().method() === 'POST');
  await page.getByRole('button', { name: 'Language and theme' }).click();
  await page.getByRole('combobox', { name: 'Theme' }).selectOption('dark');
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await kept;
  await page.reload();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
});

test('the choices open from a button, and close by Escape or once they are left', async ({ page, local }) => {
  await page.goto(`${local.url}/jobs`);
  const button = page.getByRole('button', { name: 'Language and theme' });
  const theme = page.getByRole('combobox', { name: 'Theme' });
  await expect(theme).toHaveCount(0);
  await button.focus();
  await page.keyboard.press('Enter');
  await expect(button).toHaveAttribute('aria-expanded', 'true');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await expect(theme).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(theme).toHaveCount(0);
  await expect(button).toBeFocused();

  await button.click();
  await page.getByText('Language', { exact: true }).click();
  await expect(theme).toBeVisible();
  expect((await new AxeBuilder({ page }).analyze()).violations.map(({ id }) => id)).toEqual([]);
  await page.getByRole('heading', { level: 1 }).click();
  await expect(theme).toHaveCount(0);
});
