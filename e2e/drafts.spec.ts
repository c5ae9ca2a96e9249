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
