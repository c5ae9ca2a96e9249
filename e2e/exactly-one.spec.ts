import { composeSmallJob, submit } from './compose';
import { expect, test } from './fixtures';

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

test('two tabs of one draft make one job', async ({ page, context, cloud, dlc }) => {
  dlc.mode = 'ok-slow';
  await composeSmallJob(page, cloud.url, { name: 'two-tabs' });
  await expect(page.getByText('Draft kept in this browser')).toBeVisible();
  const other = await context.newPage();
  await other.goto(page.url());
  await expect(other.getByRole('button', { name: 'Submit job' })).toBeVisible();
  await Promise.all([submit(page), submit(other)]);
  for (const tab of [page, other])
    await expect(tab.getByRole('heading', { level: 1, name: 'two-tabs' })).toBeVisible();
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
