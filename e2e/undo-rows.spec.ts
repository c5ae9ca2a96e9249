import type { Page } from '@playwright/test';
import { openNewJob, openStep } from './compose';
import { expect, test } from './fixtures';

const undoOf = (page: Page) => page.getByRole('button', { name: 'Undo' });

async function addVariables(page: Page, lines: string): Promise<void> {
  await page.getByRole('button', { name: 'Add a row: Variables' }).click();
  await page.getByLabel('Variables, name 1').focus();
  await page.evaluate((text) => navigator.clipboard.writeText(text), lines);
  await page.keyboard.press('ControlOrMeta+V');
}

test('a removed variable comes back where it was, by keys, and says so', async ({ page, local }) => {
  await openNewJob(page, local.url);
  await openStep(page, 'Environment');
  await addVariables(page, 'A=1\nB=2\nC=3');
  await page.getByRole('button', { name: 'Remove row 2' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByLabel('Variables, name 2')).toHaveValue('C');
  const undo = undoOf(page);
  await expect(undo).toBeFocused();
  await expect(undo).toHaveAccessibleDescription('B was removed.');
  await expect(page.getByRole('status').filter({ hasText: 'B was removed.' })).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(undo).toBeHidden();
  await expect(page.getByLabel('Variables, name 2')).toBeFocused();
  await expect(page.getByLabel('Variables, name 2')).toHaveValue('B');
  await expect(page.getByLabel('Variables, value 2')).toHaveValue('2');
  await expect(page.getByLabel('Variables, name 3')).toHaveValue('C');
});

test('what is removed, and what is brought back, is kept', async ({ page, local }) => {
  await openNewJob(page, local.url);
  await openStep(page, 'Environment');
  await addVariables(page, 'A=1\nB=2');
  const kept = () =>
    page.evaluate(() => {
      const key = Object.keys(localStorage).find((name) => name.startsWith('jobwright:draft:'));
      return JSON.parse(localStorage.getItem(key ?? '') ?? '{}').draft?.Envs.map(
        (row: { key: string }) => row.key,
      );
    });
  await expect.poll(kept).toEqual(['A', 'B']);
  await page.getByRole('button', { name: 'Remove row 1' }).click();
  await expect.poll(kept).toEqual(['B']);
  await undoOf(page).click();
  await expect.poll(kept).toEqual(['A', 'B']);
});

test.describe('a Chinese browser', () => {
  test.use({ locale: 'zh-CN' });

  test('calls a removed row without a name by its number', async ({ page, local }) => {
    await page.goto(`${local.url}/jobs/new`);
    await page.getByRole('navigation').getByRole('button', { name: '环境' }).click();
    const add = page.getByRole('button', { name: '添加一行: 环境变量' });
    await add.click();
    await add.click();
    await page.getByRole('button', { name: '删除第 2 行' }).click();
    const undo = page.getByRole('button', { name: '撤销' });
    await expect(undo).toBeFocused();
    await expect(undo).toHaveAccessibleDescription('已删除“第 2 行”。');
  });
});

test('a removed data source comes back whole', async ({ page, local }) => {
  await openNewJob(page, local.url);
  await openStep(page, 'Data');
  const source = (number: number) => page.getByRole('group', { name: `Data source ${number}` });
  for (const number of [1, 2]) {
    await page.getByRole('button', { name: 'Add a data source' }).click();
    await source(number).getByRole('textbox', { name: 'Data source' }).fill(`d-${number}`);
    await source(number).getByLabel('Mount path').fill(`/mnt/${number}`);
  }
  await page.getByRole('button', { name: 'Remove data source 1' }).click();
  await expect(source(2)).toBeHidden();
  await expect(undoOf(page)).toHaveAccessibleDescription('d-1 was removed.');
  await undoOf(page).click();
  await expect(source(1).getByRole('textbox', { name: 'Data source' })).toBeFocused();
  await expect(source(1).getByRole('textbox', { name: 'Data source' })).toHaveValue('d-1');
  await expect(source(1).getByLabel('Mount path')).toHaveValue('/mnt/1');
  await expect(source(2).getByLabel('Mount path')).toHaveValue('/mnt/2');
});

test('a removed line of a list comes back to its place', async ({ page, local }) => {
  await openNewJob(page, local.url);
  await openStep(page, 'Command and code');
  const line = (number: number) => page.getByLabel(`Python libraries, value ${number}`);
  for (const [at, value] of ['numpy', 'torch'].entries()) {
    await page.getByRole('button', { name: 'Add a row: Python libraries' }).click();
    await line(at + 1).fill(value);
  }
  await page.getByRole('button', { name: 'Remove row 2' }).click();
  await expect(undoOf(page)).toHaveAccessibleDescription('torch was removed.');
  await undoOf(page).click();
  await expect(line(1)).toHaveValue('numpy');
  await expect(line(2)).toHaveValue('torch');
  await expect(line(2)).toBeFocused();
});

for (const [kind, add] of [
  ['Sidecar', 'Add a sidecar'],
  ['Init container', 'Add an init container'],
] as const)
  test(`a removed ${kind.toLowerCase()} comes back with its lists`, async ({ page, local }) => {
    await openNewJob(page, local.url);
    await openStep(page, 'Roles');
    await page.getByText('Sidecars, init containers and shared mount paths').click();
    const container = (number: number) => page.getByRole('group', { name: `${kind} ${number}`, exact: true });
    for (const number of [1, 2]) {
      await page.getByRole('button', { name: add }).click();
      await container(number).getByLabel('Name', { exact: true }).fill(`c-${number}`);
      await container(number).getByRole('button', { name: 'Add a row: Command' }).click();
      await container(number).getByLabel('Command, value 1').fill(`run-${number}`);
    }
    await page.getByRole('button', { name: `Remove ${kind} 1` }).click();
    await expect(container(2)).toBeHidden();
    await expect(undoOf(page)).toBeFocused();
    await expect(undoOf(page)).toHaveAccessibleDescription('c-1 was removed.');
    await undoOf(page).click();
    await expect(container(1).getByLabel('Name', { exact: true })).toBeFocused();
    await expect(container(1).getByLabel('Name', { exact: true })).toHaveValue('c-1');
    await expect(container(1).getByLabel('Command, value 1')).toHaveValue('run-1');
    await expect(container(2).getByLabel('Command, value 1')).toHaveValue('run-2');
  });
