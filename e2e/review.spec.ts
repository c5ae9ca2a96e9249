import { composeSmallJob, openNewJob, openStep } from './compose';
import { expect, test } from './fixtures';

test('the review tells the job in words, warns without blocking, and shows the mark and the JSON', async ({
  page,
  cloud,
  dlc,
}) => {
  await composeSmallJob(page, cloud.url, { name: 'in-words' });
  await expect(page.getByText('PyTorchJob “in-words” on 1 pod: Worker × 1. Public pool.')).toBeVisible();
  await expect(page.getByRole('link', { name: 'How billing works' })).toHaveAttribute(
    'href',
    /billing-of-dlc$/,
  );
  await expect(page.getByText('jobwright-submission', { exact: false }).first()).toBeVisible();
  await page.getByRole('button', { name: /No longest running time/ }).click();
  await expect(page.getByLabel('Longest running time')).toBeFocused();
  await page.getByLabel('Longest running time').fill('90');
  await openStep(page, 'Review');
  await expect(page.getByText('Ends after 1h 30m at the latest.')).toBeVisible();
  await page.getByRole('button', { name: 'Copy JSON' }).click();
  const copied = JSON.parse(await page.evaluate(() => navigator.clipboard.readText()));
  await page.keyboard.press('Control+Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'in-words' })).toBeVisible();
  expect(JSON.parse(dlc.requestsOf('CreateJob')[0]?.body ?? '')).toEqual(copied);
});

test('steps move by keys, and a fold opens for the error inside it', async ({ page, local }) => {
  await openNewJob(page, local.url);
  await page.keyboard.press('Alt+PageDown');
  await expect(page.getByRole('heading', { level: 2, name: 'Roles' })).toBeFocused();
  await page.getByText('Sidecars, init containers and shared mount paths').click();
  await page.getByRole('button', { name: 'Add a row: Shared mount paths' }).click();
  await page.getByLabel('Shared mount paths, value 1').fill('relative');
  await page.getByText('Sidecars, init containers and shared mount paths').click();
  await openStep(page, 'Review');
  await page.getByRole('button', { name: 'Submit job' }).click();
  await page.getByRole('button', { name: /Shared mount paths/ }).click();
  await expect(page.getByLabel('Shared mount paths, value 1')).toBeFocused();
  await expect(page.getByText('Start the path with “/”.')).toBeVisible();
  await page.keyboard.press('Alt+PageUp');
  await expect(page.getByRole('heading', { level: 2, name: 'Basics' })).toBeFocused();
});

test('the schema is served for editors, and says what it is', async ({ page, local }) => {
  const answer = await page.request.get(`${local.url}/schema/create-job.json`);
  const schema = await answer.json();
  expect(schema.description).toContain('Necessary, not sufficient');
  expect(schema.required).toEqual(
    expect.arrayContaining(['DisplayName', 'JobType', 'JobSpecs', 'UserCommand']),
  );
  expect(schema.properties.Priority.maximum).toBe(9);
});
