import { openNewJob, openStep } from './compose';
import { expect, test } from './fixtures';

test('reload, back and a restart of the server lose nothing; credentials stay with the tab', async ({
  page,
  context,
  local,
}) => {
  await openNewJob(page, local.url);
  await page.getByLabel('Name', { exact: true }).fill('kept-draft');
  await openStep(page, 'Environment');
  await page.getByRole('button', { name: 'Add a row: Variables' }).click();
  await page.getByLabel('Variables, name 1').fill('API_TOKEN');
  await page.getByLabel('Variables, value 1').fill('hunter2-hunter2');
  await expect(page.getByText('Draft kept in this browser')).toBeVisible();

  await page.reload();
  await expect(page.getByLabel('Variables, value 1')).toHaveValue('hunter2-hunter2');
  await page.goBack();
  await expect(page.getByLabel('Name', { exact: true })).toHaveValue('kept-draft');
  await page.keyboard.press('Escape');
  await expect(page.getByLabel('Name', { exact: true })).toHaveValue('kept-draft');
  const stored = await page.evaluate(() => JSON.stringify(localStorage));
  expect(stored).toContain('API_TOKEN');
  expect(stored).not.toContain('hunter2');

  const address = page.url();
  await page.goto('about:blank');
  await local.restart();
  await page.goto(address);
  await expect(page.getByLabel('Name', { exact: true })).toHaveValue('kept-draft');

  const other = await context.newPage();
  await other.goto(`${local.url}/jobs/new`);
  await other.getByText('Unsent drafts in this browser').click();
  await other.getByRole('link', { name: 'Continue kept-draft' }).click();
  await expect(other.getByLabel('Name', { exact: true })).toHaveValue('kept-draft');
  await openStep(other, 'Review');
  await other.getByRole('button', { name: 'Submit job' }).click();
  await expect(other.getByText('This value was hidden when it was copied. Type it again.')).toBeVisible();
});

test('a new address is a new draft', async ({ page, local }) => {
  await openNewJob(page, local.url);
  const first = page.url();
  await page.getByLabel('Name', { exact: true }).fill('first');
  await expect(page.getByText('Draft kept in this browser')).toBeVisible();
  await page.getByRole('link', { name: 'New job' }).click();
  await expect(page.getByLabel('Name', { exact: true })).toHaveValue('');
  expect(page.url()).not.toBe(first);
  await page.goBack();
  await expect(page.getByLabel('Name', { exact: true })).toHaveValue('first');
});

test('two tabs of one draft do not erase each other, and no credential slips to another name', async ({
  page,
  context,
  local,
}) => {
  await openNewJob(page, local.url);
  await openStep(page, 'Environment');
  for (const [row, [name, value]] of [
    ['DB_PASSWORD', 'hunter2-top'],
    ['API_KEY', 'key-of-the-api'],
    ['GREETING', 'hello'],
  ].entries()) {
    await page.getByRole('button', { name: 'Add a row: Variables' }).click();
    await page.getByLabel(`Variables, name ${row + 1}`).fill(name ?? '');
    await page.getByLabel(`Variables, value ${row + 1}`).fill(value ?? '');
  }
  await expect(page.getByText('Draft kept in this browser')).toBeVisible();
  const other = await context.newPage();
  await other.goto(page.url());
  await expect(other.getByLabel('Variables, value 3')).toHaveValue('hello');
  await other.getByRole('button', { name: 'Remove row 1' }).click();
  await expect(page.getByLabel('Variables, name 1')).toHaveValue('API_KEY');
  await expect(page.getByLabel('Variables, value 1')).toHaveValue('key-of-the-api');
  await expect(page.getByLabel('Variables, value 2')).toHaveValue('hello');

  await openStep(page, 'Basics');
  await page.getByLabel('Name', { exact: true }).fill('from-the-first');
  await openStep(other, 'Basics');
  await expect(other.getByLabel('Name', { exact: true })).toHaveValue('from-the-first');
  await page.reload();
  await openStep(page, 'Environment');
  await expect(page.getByLabel('Variables, name 1')).toHaveValue('API_KEY');
  await expect(page.getByLabel('Variables, value 1')).toHaveValue('key-of-the-api');
});

test('a browser that refuses to keep the draft says so', async ({ page, local }) => {
  await page.addInitScript(() => {
    Storage.prototype.setItem = () => {
      throw new DOMException('full', 'QuotaExceededError');
    };
  });
  await openNewJob(page, local.url);
  await page.getByLabel('Name', { exact: true }).fill('unkept');
  await expect(page.getByText('This browser cannot keep the draft.')).toBeVisible();
  await openStep(page, 'Review');
  await expect(page.getByText('"unkept"')).toBeVisible();
});
