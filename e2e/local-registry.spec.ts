import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures';

const dataCard = (page: Page) => page.getByRole('group', { name: 'Data sources' });
const codeCard = (page: Page) => page.getByRole('group', { name: 'Code sources' });

test('data and code are registered, refused beside their field, and removed', async ({ page, local }) => {
  const folder = mkdtempSync(join(tmpdir(), 'jobwright-data-'));
  await page.goto(`${local.url}/jobs`);
  await page.getByRole('link', { name: 'Local data and code' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Local data and code' })).toBeVisible();
  const data = dataCard(page);
  await expect(data.getByText('No data sources yet')).toBeVisible();

  await data.getByLabel('Name').fill('mnist');
  await data.getByLabel('Folder').fill(join(folder, 'none'));
  await data.getByLabel('Pods may only read it').check();
  await data.getByRole('button', { name: 'Add' }).click();
  await expect(data.getByText(/is not there, or may not be read/)).toBeVisible();
  await expect(data.getByLabel('Folder')).toBeFocused();
  await expect(data.getByLabel('Name')).toHaveValue('mnist');

  await data.getByLabel('Folder').fill(folder);
  await data.getByRole('button', { name: 'Add' }).click();
  const line = data.getByRole('listitem');
  await expect(line).toContainText(`${folder} → /root/data read-only`);
  await expect(line).toContainText(/DataSourceId\s*d-[a-z0-9]{16}/);
  await expect(data.getByLabel('Name')).toHaveValue('');

  const code = codeCard(page);
  await code.getByLabel('Name', { exact: true }).fill('train');
  await code.getByLabel('Repository').fill('https://git.example.com/team/train.git');
  await code.getByLabel('Branch').fill('main');
  await code.getByLabel('Access token').fill('glpat-1');
  await code.getByRole('button', { name: 'Add' }).click();
  await expect(code.getByRole('listitem')).toContainText('train.git → /root/code main');
  expect(await page.content()).not.toContain('glpat-1');

  await page.reload();
  await data.getByRole('button', { name: 'Remove mnist' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Remove' }).click();
  await expect(data.getByText('No data sources yet')).toBeVisible();
  await expect(code.getByRole('listitem')).toHaveCount(1);
  rmSync(folder, { recursive: true });
});

test('what could not be kept is said, and what was typed stays', async ({ page, local }) => {
  const blocked = join(local.dataDir, 'local-dlc', 'registry.json.next');
  mkdirSync(blocked);
  await page.goto(`${local.url}/local`);
  const data = dataCard(page);
  await data.getByLabel('Name').fill('kept');
  await data.getByLabel('Folder').fill('/usr');
  await data.getByRole('button', { name: 'Add' }).click();
  await expect(data.getByRole('alert')).toContainText('InternalError');
  await expect(data.getByLabel('Name')).toHaveValue('kept');
  rmSync(blocked, { recursive: true });
});

test.describe('on a phone, in Chinese', () => {
  test.use({ viewport: { width: 390, height: 800 }, locale: 'zh-CN' });

  test('nothing is wider than the screen', async ({ page, local }) => {
    await page.goto(`${local.url}/local`);
    await expect(page.getByRole('heading', { level: 1, name: '本地数据与代码' })).toBeVisible();
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(width).toBeLessThanOrEqual(390);
  });
});

test('with a cloud there is no such page', async ({ page, cloud, noise }) => {
  const answer = await page.goto(`${cloud.url}/local`);
  expect(answer?.status()).toBe(404);
  await expect(page.getByRole('link', { name: 'Local data and code' })).toHaveCount(0);
  noise.length = 0;
});
