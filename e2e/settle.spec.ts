import type { Page } from '@playwright/test';
import { composeSmallJob, submit } from './compose';
import { expect, expectNoise, reset, secondBrowser, test } from './fixtures';

/** Another job first: only with one can listings prove that this one is absent. */
async function submitAnother(page: Page, url: string): Promise<void> {
  await composeSmallJob(page, url, { name: 'seen-in-listings' });
  await submit(page);
  await expect(page).toHaveURL(/\/jobs\/dlc/);
}

test.beforeEach(({ hasty }) => reset(hasty.dlc));

test('an answer that never came: what is known, when it looks next, and the job once it is listed', async ({
  page,
  hasty,
  noise,
}) => {
  Object.assign(hasty.dlc, { mode: '504', otherMode: '503' });
  await composeSmallJob(page, hasty.url, { name: 'unanswered' });
  await submit(page);
  await expect(page).toHaveURL(/\/submissions\//);
  await expect(page.getByText('Next search')).toBeVisible();
  await expect(page.getByText(/The list could not be read/)).toBeVisible();
  // Another browser sees the same, also after the server was killed.
  const address = page.url();
  await hasty.restart('SIGKILL', () => page.waitForEvent('requestfailed'));
  const other = await secondBrowser(page, noise);
  const colleague = await other.newPage();
  await colleague.goto(address);
  await expect(colleague.getByRole('heading', { level: 1, name: 'unanswered' })).toBeVisible();
  hasty.dlc.otherMode = 'ok';
  await colleague.getByRole('button', { name: 'Check now' }).click();
  for (const one of [colleague, page]) await expect(one).toHaveURL(/\/jobs\/dlc/);
  expect(hasty.dlc.jobs).toHaveLength(1);
  await other.close();
  expectNoise(noise, /ERR_CONNECTION_REFUSED/);
});

test('proven absent: one button submits it again, as it was recorded', async ({ page, hasty }) => {
  await submitAnother(page, hasty.url);
  hasty.dlc.mode = '500-not-made';
  await composeSmallJob(page, hasty.url, { name: 'never-made' });
  await submit(page);
  await expect(page).toHaveURL(/\/submissions\//);
  await expect(page.getByText('No job was created')).toBeVisible();
  hasty.dlc.mode = 'ok';
  await page.getByRole('button', { name: 'Submit again' }).click();
  await expect(page).toHaveURL(/\/jobs\/dlc/);
  await expect(page.getByRole('heading', { level: 1, name: 'never-made' })).toBeVisible();
  expect(hasty.dlc.jobs.filter(({ DisplayName }) => DisplayName === 'never-made')).toHaveLength(1);
});

test('it is submitted again without a press only where that was ticked', async ({ page, hasty }) => {
  await submitAnother(page, hasty.url);
  hasty.dlc.mode = '500-not-made';
  await composeSmallJob(page, hasty.url, { name: 'ticked' });
  await page.getByLabel('Submit it again if it is proven that no job was created').check();
  await submit(page);
  await expect(page).toHaveURL(/\/submissions\//);
  await expect(page.getByText('You asked for it to be submitted again')).toBeVisible();
  hasty.dlc.mode = 'ok';
  await expect(page).toHaveURL(/\/jobs\/dlc/);
  expect(hasty.dlc.jobs.filter(({ DisplayName }) => DisplayName === 'ticked')).toHaveLength(1);
});

test('what listings cannot settle, a person does: by choosing the job', async ({ page, hasty }) => {
  Object.assign(hasty.dlc, { mode: '504', listing: 'without-settings' });
  // In a workspace of its own, where no listing has shown a tag yet.
  await composeSmallJob(page, hasty.url, { name: 'undecided', workspace: '1001' });
  await submit(page);
  await expect(page.getByText('It is not known whether a job was created')).toBeVisible();
  const choices = page.getByRole('region', { name: 'Which of these is it?' });
  await expect(choices.getByText('Same name, no tag')).toBeVisible();
  await choices.getByRole('button', { name: 'This is the job' }).click();
  await expect(page).toHaveURL(`${hasty.url}/jobs/${hasty.dlc.jobs[0]?.JobId}`);
});

test('or by recording that there is none', async ({ page, hasty }) => {
  hasty.dlc.mode = '500-not-made';
  await composeSmallJob(page, hasty.url, { name: 'none-there', workspace: '1002' });
  await submit(page);
  await expect(page.getByText('No job created at that time has this name or tag.')).toBeVisible();
  await page.getByRole('button', { name: 'No job exists' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'No job exists' }).click();
  await expect(page.getByRole('button', { name: 'Submit again' })).toBeVisible();
  await expect(page.getByText('decided by operator')).toBeVisible();
});

test('two jobs of one submission: the earlier counts, the other is told', async ({ page, hasty }) => {
  Object.assign(hasty.dlc, { mode: '504', otherMode: '503' });
  await composeSmallJob(page, hasty.url, { name: 'twins' });
  await submit(page);
  await expect(page).toHaveURL(/\/submissions\//);
  const [first] = hasty.dlc.jobs;
  if (!first) throw new Error('no job was made');
  hasty.dlc.jobs.push({ ...first, JobId: 'dlctwin000000001' });
  hasty.dlc.otherMode = 'ok';
  await expect(page).toHaveURL(`${hasty.url}/jobs/${first.JobId}`);
  await expect(page.getByText('This submission has more than one job')).toBeVisible();
  await page.getByRole('link', { name: 'dlctwin000000001' }).click();
  await expect(page.getByRole('button', { name: 'Stop job' })).toBeEnabled();
  await expect(page).toHaveURL(`${hasty.url}/jobs/dlctwin000000001`);
  await expect(page.getByText('This submission has more than one job')).toBeVisible();
  await expect(page.getByRole('link', { name: first.JobId, exact: true })).toBeVisible();
});

test('submissions are filtered by the address and exported without bodies', async ({ page, hasty }) => {
  hasty.dlc.mode = 'refused';
  await composeSmallJob(page, hasty.url, { name: 'refused-one', command: 'echo not-exported' });
  await submit(page);
  await expect(page.getByText('The API refused the request')).toBeVisible();
  hasty.dlc.mode = 'ok';
  await submitAnother(page, hasty.url);
  await page.goto(`${hasty.url}/submissions`);
  const filter = page.getByRole('search');
  await filter.getByLabel('Name, ID, JobId or RequestId').fill('REFUSED-one');
  await filter.getByLabel('Outcome').selectOption('Refused');
  await filter.getByRole('button', { name: 'Apply' }).click();
  await expect(page).toHaveURL(/q=REFUSED-one/);
  await expect(page.getByRole('row')).toHaveCount(2);
  await expect(page.getByRole('link', { name: 'refused-one' })).toBeVisible();
  const download = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Export (JSON lines)' }).click();
  const stream = await (await download).createReadStream();
  const text = (await stream.toArray()).join('');
  const lines = text.trimEnd().split('\n');
  expect(lines.map((line) => JSON.parse(line).displayName)).toEqual(['refused-one']);
  expect(text).not.toContain('not-exported');
  await filter.getByLabel('Name, ID, JobId or RequestId').fill('nothing has this name');
  await filter.getByRole('button', { name: 'Apply' }).click();
  await expect(page.getByText('No submission matches these filters')).toBeVisible();
  await page.getByRole('link', { name: 'Clear filters' }).first().click();
  await expect(page.getByRole('link', { name: 'seen-in-listings' }).first()).toBeVisible();
});
