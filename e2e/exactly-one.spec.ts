import { composeSmallJob, submit, submitInTwoTabs } from './compose';
import { expect, expectNoise, test } from './fixtures';

test('a double click sends one job', async ({ page, cloud, dlc }) => {
  dlc.mode = 'ok-slow';
  await composeSmallJob(page, cloud.url, { name: 'clicked-twice' });
  await page.getByRole('button', { name: 'Submit job' }).dblclick();
  await expect(page.getByRole('heading', { level: 1, name: 'clicked-twice' })).toBeVisible();
  expect(dlc.requestsOf('CreateJob')).toHaveLength(1);
});

test('a reload while it is being sent, and another press, join the same job', async ({
  page,
  cloud,
  dlc,
}) => {
  dlc.mode = 'ok-slow';
  await composeSmallJob(page, cloud.url, { name: 'reloaded' });
  const arrived = new Promise<void>((resolve) => {
    dlc.onRequest = (request) => {
      if (request.action === 'CreateJob') resolve();
    };
  });
  await submit(page);
  await arrived;
  await page.reload();
  await submit(page);
  await expect(page.getByRole('heading', { level: 1, name: 'reloaded' })).toBeVisible();
  expect(dlc.requestsOf('CreateJob')).toHaveLength(1);
});

test('two tabs of one draft make one job', async ({ page, cloud, dlc }) => {
  dlc.mode = 'ok-slow';
  const other = await submitInTwoTabs(page, cloud.url, { name: 'two-tabs' });
  expect(page.url()).toBe(other.url());
  expect(dlc.requestsOf('CreateJob')).toHaveLength(1);
});

test('back and edited, it is another job only when asked for', async ({ page, cloud, dlc }) => {
  await composeSmallJob(page, cloud.url, { name: 'sent-once' });
  await submit(page);
  await expect(page.getByRole('heading', { level: 1, name: 'sent-once' })).toBeVisible();
  await page.goBack();
  await expect(page.getByText('This draft was submitted')).toBeVisible();
  await page.getByRole('navigation', { name: 'Steps' }).getByRole('button', { name: 'Basics' }).click();
  await page.getByLabel('Name', { exact: true }).fill('sent-twice');
  await page.getByRole('navigation', { name: 'Steps' }).getByRole('button', { name: 'Review' }).click();
  await submit(page);
  await expect(page.getByText('The form changed after it was submitted')).toBeVisible();
  expect(dlc.requestsOf('CreateJob')).toHaveLength(1);
  await page.getByRole('button', { name: 'Submit as a new job' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'sent-twice' })).toBeVisible();
  expect(dlc.requestsOf('CreateJob')).toHaveLength(2);
});

test('Enter and a click send one job', async ({ page, cloud, dlc }) => {
  // Slow enough for the click to come while it is being sent.
  Object.assign(dlc, { mode: 'ok-slow', slowMs: 3_000 });
  await composeSmallJob(page, cloud.url, { name: 'enter-and-click' });
  await page.getByRole('button', { name: 'Submit job' }).focus();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Control+Enter');
  await page.getByRole('button', { name: /^Submit/ }).click({ force: true });
  await expect(page.getByRole('heading', { level: 1, name: 'enter-and-click' })).toBeVisible();
  expect(dlc.requestsOf('CreateJob')).toHaveLength(1);
});

test('back and submitted again unchanged, it is the same job', async ({ page, cloud, dlc }) => {
  await composeSmallJob(page, cloud.url, { name: 'back-again' });
  await submit(page);
  await expect(page).toHaveURL(/\/jobs\/dlc/);
  const job = page.url();
  await page.goBack();
  await submit(page);
  await expect(page).toHaveURL(job);
  expect(dlc.requestsOf('CreateJob')).toHaveLength(1);
});

test('offline it says that nothing is lost, and back online the press counts once', async ({
  page,
  context,
  cloud,
  dlc,
  noise,
}) => {
  await composeSmallJob(page, cloud.url, { name: 'offline' });
  await context.setOffline(true);
  await submit(page);
  await expect(page.getByText('The connection to Jobwright was lost while submitting.')).toBeVisible();
  expect(dlc.requestsOf('CreateJob')).toHaveLength(0);
  await context.setOffline(false);
  await submit(page);
  await expect(page.getByRole('heading', { level: 1, name: 'offline' })).toBeVisible();
  expect(dlc.requestsOf('CreateJob')).toHaveLength(1);
  expectNoise(noise, /ERR_INTERNET_DISCONNECTED/);
});

test('the answer lost on its way to the browser: the next press joins the job', async ({
  page,
  cloud,
  dlc,
  noise,
}) => {
  await composeSmallJob(page, cloud.url, { name: 'answer-lost' });
  await page.route('**/jobs/new*', async (route) => {
    if (route.request().method() !== 'POST') return route.fallback();
    await route.fetch();
    await route.abort('connectionreset');
  });
  await submit(page);
  await expect(page.getByText('The connection to Jobwright was lost while submitting.')).toBeVisible();
  await page.unrouteAll();
  await submit(page);
  await expect(page.getByRole('heading', { level: 1, name: 'answer-lost' })).toBeVisible();
  expect(dlc.requestsOf('CreateJob')).toHaveLength(1);
  expectNoise(noise, /ERR_CONNECTION_RESET/);
});

test('a page of an older build keeps the draft and sends it after a reload', async ({
  page,
  cloud,
  dlc,
  noise,
}) => {
  await composeSmallJob(page, cloud.url, { name: 'older-build' });
  await page.route('**/jobs/new*', (route) => {
    const headers = route.request().headers();
    if (route.request().method() !== 'POST') return route.fallback();
    return route.continue({ headers: { ...headers, 'next-action': '40'.padEnd(42, '0') } });
  });
  await submit(page);
  await expect(page.getByRole('button', { name: 'Reload' })).toBeVisible();
  expect(dlc.requestsOf('CreateJob')).toHaveLength(0);
  await page.unrouteAll();
  await page.getByRole('button', { name: 'Reload' }).click();
  await submit(page);
  await expect(page.getByRole('heading', { level: 1, name: 'older-build' })).toBeVisible();
  expect(dlc.requestsOf('CreateJob')).toHaveLength(1);
  expectNoise(noise, /status of 409/);
});
