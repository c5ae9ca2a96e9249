import { composeSmallJob, openStep, submit } from './compose';
import { expect, secondBrowser, test } from './fixtures';

test('a new job from another one is the same but for its secrets, which must be typed again', async ({
  page,
  cloud,
  dlc,
  noise,
}) => {
  await composeSmallJob(page, cloud.url, { name: 'original', command: 'echo "a  b"\necho c' });
  await openStep(page, 'Environment');
  for (const [row, [name, value]] of [
    ['LR', '0.1'],
    ['HF_TOKEN', 'hf-original'],
  ].entries()) {
    await page.getByRole('button', { name: 'Add a row: Variables' }).click();
    await page.getByLabel(`Variables, name ${row + 1}`).fill(name ?? '');
    await page.getByLabel(`Variables, value ${row + 1}`).fill(value ?? '');
  }
  await openStep(page, 'Review');
  await submit(page);
  await expect(page.getByRole('heading', { level: 1, name: 'original' })).toBeVisible();

  const context = await secondBrowser(page, noise);
  const other = await context.newPage();
  await other.goto(page.url());
  await other.getByRole('link', { name: 'New job from this one' }).click();
  await expect(other.getByText(/Enter the hidden values/)).toBeVisible();
  await openStep(other, 'Review');
  await submit(other);
  await expect(other.getByText('This value was hidden when it was copied. Type it again.')).toBeVisible();
  expect(dlc.requestsOf('CreateJob')).toHaveLength(1);
  await openStep(other, 'Environment');
  await other.getByLabel('Variables, value 2').fill('hf-typed-again');
  await openStep(other, 'Review');
  await submit(other);
  await expect(other.getByRole('heading', { level: 1, name: 'original' })).toBeVisible();
  const [first, second] = dlc.requestsOf('CreateJob').map(({ body }) => JSON.parse(body));
  const mark = { Settings: { Tags: { 'jobwright-submission': expect.any(String) } } };
  expect(second).toEqual({ ...first, Envs: { LR: '0.1', HF_TOKEN: 'hf-typed-again' }, ...mark });
  expect(second.Settings.Tags).not.toEqual(first.Settings.Tags);
  await context.close();
});

test('from a refused submission one is back in the form with all still there', async ({ page, local }) => {
  await composeSmallJob(page, local.url, { name: 'refuse-quota-back' });
  await submit(page);
  await expect(page.getByText('The API refused the request')).toBeVisible();
  await page.getByRole('link', { name: 'Submissions' }).click();
  await page.getByRole('link', { name: 'refuse-quota-back' }).click();
  await page.getByRole('link', { name: 'Back to the form' }).click();
  await expect(page.getByLabel('Name', { exact: true })).toHaveValue('refuse-quota-back');
});
