import { openNewJob, openStep } from './compose';
import { expect, test } from './fixtures';

test('pasted variables take the place of blank rows only', async ({ page, local }) => {
  await openNewJob(page, local.url);
  await openStep(page, 'Environment');
  await page.getByRole('button', { name: 'Add a row: Variables' }).click();
  await page.getByLabel('Variables, value 1').fill('typed first');
  const paste = async (text: string) => {
    await page.getByLabel('Variables, name 1').focus();
    await page.evaluate((value) => navigator.clipboard.writeText(value), text);
    await page.keyboard.press('ControlOrMeta+V');
  };
  await paste('A=1\nB=2');
  await expect(page.getByLabel('Variables, value 1')).toHaveValue('typed first');
  await expect(page.getByLabel('Variables, value 3')).toHaveValue('2');
  await page.getByRole('button', { name: 'Remove row 1' }).click();
  await page.getByRole('button', { name: 'Remove row 1' }).click();
  await page.getByRole('button', { name: 'Remove row 1' }).click();
  await page.getByRole('button', { name: 'Add a row: Variables' }).click();
  await paste('FOO=bar=baz\n');
  await expect(page.getByLabel('Variables, name 1')).toHaveValue('FOO');
  await expect(page.getByLabel('Variables, value 1')).toHaveValue('bar=baz');
  await expect(page.getByLabel('Variables, name 2')).toBeHidden();
});

test('many values pasted into a list become its rows, one value is pasted as it is', async ({
  page,
  local,
}) => {
  await openNewJob(page, local.url);
  await openStep(page, 'Network');
  const row = (number: number) => page.getByLabel(`Extended CIDR blocks, value ${number}`, { exact: true });
  const paste = async (text: string) => {
    await page.evaluate((value) => navigator.clipboard.writeText(value), text);
    await page.keyboard.press('ControlOrMeta+V');
  };
  await page.getByRole('button', { name: 'Add a row: Extended CIDR blocks' }).click();
  await row(1).fill('10.0.');
  await row(1).press('End');
  await paste('0.0/8');
  await expect(row(1)).toHaveValue('10.0.0.0/8');
  await paste(Array.from({ length: 50 }, (_, at) => `  192.168.${at}.0/24`).join('\r\n\r\n'));
  await expect(row(1)).toHaveValue('10.0.0.0/8');
  await expect(row(2)).toHaveValue('192.168.0.0/24');
  await expect(row(51)).toHaveValue('192.168.49.0/24');
  await expect(row(52)).toBeHidden();
});
