import { composeSmallJob, openStep, submit } from './compose';
import { expect, test } from './fixtures';

test('a refusal keeps the form and shows what the API said; mended, it is sent again', async ({
  page,
  local,
}) => {
  await composeSmallJob(page, local.url, { name: 'refuse-quota-1' });
  await submit(page);
  await expect(page.getByText('The API refused the request')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Copy RequestId' })).toBeVisible();
  await page.getByRole('navigation', { name: 'Steps' }).getByRole('button', { name: 'Basics' }).click();
  await page.getByLabel('Name', { exact: true }).fill('accepted-now');
  await page.getByRole('navigation', { name: 'Steps' }).getByRole('button', { name: 'Review' }).click();
  await submit(page);
  await expect(page.getByRole('heading', { level: 1, name: 'accepted-now' })).toBeVisible();
});

test('no-answer-lost: the outcome is shown as unknown, and another press does not send again', async ({
  page,
  local,
}) => {
  await composeSmallJob(page, local.url, { name: 'no-answer-lost' });
  const form = page.url();
  await submit(page);
  await expect(page).toHaveURL(/\/submissions\//);
  await expect(page.getByText('The connection was closed before a response arrived.').first()).toBeVisible();
  const submission = page.url();
  await page.goto(form);
  await submit(page);
  await expect(page).toHaveURL(submission);
});

test('no-answer-made: the job is found by its tag, and its page opens by itself', async ({ page, local }) => {
  await composeSmallJob(page, local.url, { name: 'no-answer-made' });
  const form = page.url();
  await submit(page);
  await expect(page).toHaveURL(/\/jobs\/dlc/);
  const job = page.url();
  await page.goto(form);
  await submit(page);
  await expect(page).toHaveURL(job);
});

for (const [mode, sentence] of [
  ['502-html', /not valid JSON|internal error/],
  ['cut-mid-json', /cut off in the middle/],
  ['no-job-id', /contained no JobId/],
] as const)
  test(`an answer gone wrong (${mode}) is named and nothing is sent twice`, async ({ page, cloud, dlc }) => {
    Object.assign(dlc, { mode, listLagMs: 3_600_000 });
    await composeSmallJob(page, cloud.url, { name: 'gone-wrong' });
    await submit(page);
    await expect(page).toHaveURL(/\/submissions\//);
    await expect(page.getByText(sentence).first()).toBeVisible();
    expect(dlc.requestsOf('CreateJob')).toHaveLength(1);
  });

test('a missing permission is named', async ({ page, cloud, dlc }) => {
  dlc.mode = 'forbidden-ram';
  await composeSmallJob(page, cloud.url, { name: 'not-allowed' });
  await submit(page);
  await expect(page.getByText('The permission paidlc:CreateJob is missing.')).toBeVisible();
});

test('throttling says when to try again', async ({ page, cloud, dlc }) => {
  dlc.mode = 'throttled';
  await composeSmallJob(page, cloud.url, { name: 'too-often' });
  await submit(page);
  await expect(page.getByText(/Try again in \d+ seconds?\./)).toBeVisible();
});

test('an image that is missing fails the job before it runs, in words', async ({ page, local }) => {
  await composeSmallJob(page, local.url, { name: 'no-image', image: 'missing:latest' });
  await submit(page);
  await expect(page.getByText(/missing:latest/).first()).toBeVisible();
  await expect(page).toHaveTitle(/Failed.*no-image/);
});

test('a refusal that names a field lands on it, in its step, until it is changed', async ({
  page,
  cloud,
  dlc,
}) => {
  dlc.mode = 'refused';
  await composeSmallJob(page, cloud.url, { name: 'named-field' });
  await submit(page);
  await expect(page.getByText('The API refused the request')).toBeVisible();
  await openStep(page, 'Command and code');
  const command = page.getByLabel('Command', { exact: true });
  await expect(command).toHaveAccessibleDescription(
    /The API said: The specified parameter UserCommand is invalid\./,
  );
  await command.fill('echo better');
  await expect(command).not.toHaveAccessibleDescription(/The API said/);
  dlc.mode = 'ok';
  await openStep(page, 'Review');
  await submit(page);
  await expect(page.getByRole('heading', { level: 1, name: 'named-field' })).toBeVisible();
});
