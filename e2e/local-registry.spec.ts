import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { expect, test } from './fixtures';
import { startJobwright } from './server';

/** The form of a card lies folded until it is wanted. */
const unfold = (group: Locator) => group.locator('summary').click();
const card = (page: Page, name: string) => page.getByRole('group', { name });
const dataCard = (page: Page) => card(page, 'Data sources');
const codeCard = (page: Page) => card(page, 'Code sources');

test('data and code are registered, refused beside their field, and removed', async ({ page, local }) => {
  const folder = mkdtempSync(join(tmpdir(), 'jobwright-data-'));
  await page.goto(`${local.url}/jobs`);
  await page.getByRole('link', { name: 'Local resources' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Local resources' })).toBeVisible();
  const data = dataCard(page);
  await expect(data.getByText('No data sources yet')).toBeVisible();

  await expect(data.getByLabel('Name')).toBeHidden();
  await unfold(data);
  await data.getByLabel('Name').fill('mnist');
  await data.getByLabel('Folder').fill(join(folder, 'none'));
  await data.getByLabel('Pods may only read it').check();
  await data.getByRole('button', { name: 'Add' }).click();
  await expect(data.getByText(/^There is no folder .*none, or Jobwright may not read it\.$/)).toBeVisible();
  await expect(data.getByLabel('Folder')).toBeFocused();
  await expect(data.getByLabel('Name')).toHaveValue('mnist');

  await data.getByLabel('Folder').fill(folder);
  await data.getByRole('button', { name: 'Add' }).click();
  const line = data.getByRole('listitem');
  await expect(line).toContainText(`${folder} → /root/data read-only`);
  await expect(line).toContainText(/DataSourceId\s*d-[a-z0-9]{16}/);
  await expect(data.getByLabel('Name')).toHaveValue('');

  const code = codeCard(page);
  await unfold(code);
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

test('an image is registered with its address to copy, refused beside its field, and removed', async ({
  page,
  local,
}) => {
  await page.goto(`${local.url}/local`);
  const images = card(page, 'Images');
  await expect(images.getByText('No images yet')).toBeVisible();
  await unfold(images);
  await images.getByLabel('Name').fill('torch');
  await images.getByLabel('Address').fill('registry.example.com/torch 2');
  await images.getByRole('button', { name: 'Add' }).click();
  await expect(images.getByText('An address holds no blanks.')).toBeVisible();
  await expect(images.getByLabel('Address')).toBeFocused();

  await images.getByLabel('Address').fill('registry.example.com/torch:2');
  await images.getByLabel('Description').fill('with CUDA 12');
  await images.getByRole('button', { name: 'Add' }).click();
  await expect(images.getByRole('listitem')).toHaveText(/^torchwith CUDA 12Image ?registry\.example\.com/);
  await images.getByRole('button', { name: 'Copy Image' }).click();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe('registry.example.com/torch:2');
  await images.getByLabel('Name').fill('torch');
  await images.getByLabel('Address').fill('registry.example.com/torch:3');
  await images.getByRole('button', { name: 'Add' }).click();
  await expect(images.getByText('The name torch is taken; choose another.')).toBeVisible();

  await images.getByRole('button', { name: 'Remove torch' }).click();
  const dialog = page.getByRole('alertdialog', { name: 'Remove torch?' });
  await expect(dialog).toContainText('Jobs that name the address are not touched.');
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await expect(images.getByRole('listitem')).toHaveCount(1);
  await images.getByRole('button', { name: 'Remove torch' }).click();
  await dialog.getByRole('button', { name: 'Remove' }).click();
  await expect(images.getByText('No images yet')).toBeVisible();
});

test('a workspace is registered beside the default one, which stays', async ({ page, local }) => {
  await page.goto(`${local.url}/local`);
  const workspaces = card(page, 'Workspaces');
  const lines = workspaces.getByRole('listitem');
  await expect(lines).toHaveText([/^defaultWorkspaceId ?1.*The default, which stays$/]);
  await expect(workspaces.getByRole('button', { name: /^Remove/ })).toHaveCount(0);
  await unfold(workspaces);
  await workspaces.getByRole('button', { name: 'Add' }).click();
  await expect(workspaces.getByText('Fill in this field.')).toBeVisible();
  await workspaces.getByLabel('Name').fill('vision');
  await workspaces.getByLabel('Description').fill('pictures');
  await workspaces.getByRole('button', { name: 'Add' }).click();
  await expect(lines.first()).toContainText(/^visionpicturesWorkspaceId ?2/);
  await workspaces.getByRole('button', { name: 'Remove vision' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Remove' }).click();
  await expect(lines).toHaveCount(1);
});

test('a quota is registered, gives its id as ResourceId, and is removed', async ({ page, local }) => {
  await page.goto(`${local.url}/local`);
  const quotas = card(page, 'Quotas');
  await expect(quotas.getByText('No quotas yet')).toBeVisible();
  await unfold(quotas);
  await quotas.getByLabel('Name').fill('team');
  await quotas.getByRole('button', { name: 'Add' }).click();
  await expect(quotas.getByRole('listitem')).toContainText(/^teamResourceId ?quota[a-z0-9]{16}/);
  await quotas.getByLabel('Name').fill('team');
  await quotas.getByRole('button', { name: 'Add' }).click();
  await expect(quotas.getByText('The name team is taken; choose another.')).toBeVisible();
  await expect(quotas.getByLabel('Name')).toBeFocused();
  await quotas.getByRole('button', { name: 'Remove team' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Remove' }).click();
  await expect(quotas.getByText('No quotas yet')).toBeVisible();
});

test('a listing that fails says so on its own card, and can be asked for again; a long one unfolds', async ({
  page,
}) => {
  const server = await startJobwright();
  const path = join(server.dataDir, 'local-dlc', 'registry.json');
  await page.goto(`${server.url}/local`);
  await unfold(card(page, 'Quotas'));
  await card(page, 'Quotas').getByLabel('Name').fill('team');
  await card(page, 'Quotas').getByRole('button', { name: 'Add' }).click();
  await expect(card(page, 'Quotas').getByRole('listitem')).toHaveCount(1);
  await server.stop();
  const kept = JSON.parse(readFileSync(path, 'utf8'));
  const entry = { description: '', workspaceId: '1', createdAt: 0 };
  const images = Array.from({ length: 105 }, (_, at) => ({
    ...entry,
    id: `image-${at}`,
    name: `image ${at}`,
    uri: `registry.example.com/image:${at}`,
  }));
  // An answer of more than 8 MiB is none that Jobwright reads.
  const folder = `/${'x'.repeat(9 * 2 ** 20)}`;
  const dataset = { ...entry, id: 'd-1', name: 'huge', folder, mountPath: '/data', readOnly: false };
  writeFileSync(path, JSON.stringify({ ...kept, images, datasets: [dataset] }));
  await server.restart();

  await page.goto(`${server.url}/local`);
  const data = dataCard(page);
  await expect(data.getByRole('alert')).toContainText('The response was too large to read');
  await expect(page.getByRole('main').getByRole('alert')).toHaveCount(1);
  await expect(data.getByText('No data sources yet')).toHaveCount(0);
  await expect(card(page, 'Quotas').getByRole('listitem')).toHaveCount(1);
  const lines = card(page, 'Images').getByRole('listitem');
  await expect(lines).toHaveCount(10);
  await expect(lines.first()).toContainText('image 104');
  await card(page, 'Images').getByRole('button', { name: 'Show all 105' }).click();
  await expect(lines).toHaveCount(105);

  await server.stop();
  writeFileSync(path, JSON.stringify(kept));
  await server.restart();
  await data.getByRole('button', { name: 'Try again' }).click();
  await expect(data.getByText('No data sources yet')).toBeVisible();
  await server.dispose();
});

test('what could not be kept is said, and what was typed stays', async ({ page, local }) => {
  const blocked = join(local.dataDir, 'local-dlc', 'registry.json.next');
  mkdirSync(blocked);
  await page.goto(`${local.url}/local`);
  const data = dataCard(page);
  await unfold(data);
  await data.getByLabel('Name').fill('kept');
  await data.getByLabel('Folder').fill('/usr');
  await data.getByRole('button', { name: 'Add' }).click();
  await expect(data.getByRole('alert')).toContainText('InternalError');
  await expect(data.getByLabel('Name')).toHaveValue('kept');
  rmSync(blocked, { recursive: true });
});

test.describe('on a phone, in Chinese', () => {
  test.use({ viewport: { width: 390, height: 800 }, locale: 'zh-CN' });

  test('nothing is wider than the screen, and an error is said in Chinese', async ({ page, local }) => {
    await page.goto(`${local.url}/local`);
    await expect(page.getByRole('heading', { level: 1, name: '本地资源' })).toBeVisible();
    for (const form of await page.locator('summary').all()) await form.click();
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(width).toBeLessThanOrEqual(390);
    await page.getByRole('button', { name: '添加', exact: true }).first().click();
    await expect(page.getByText('请填写。')).toBeVisible();
  });
});

test('with a cloud there is no such page', async ({ page, cloud, noise }) => {
  const answer = await page.goto(`${cloud.url}/local`);
  expect(answer?.status()).toBe(404);
  await expect(page.getByRole('link', { name: 'Local resources' })).toHaveCount(0);
  noise.length = 0;
});
