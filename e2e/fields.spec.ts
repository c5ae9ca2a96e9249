import { composeSmallJob, openNewJob, openStep, submit } from './compose';
import { expect, test } from './fixtures';

test('a default is shown and not sent', async ({ page, cloud, dlc }) => {
  await composeSmallJob(page, cloud.url, { name: 'by-default' });
  await openStep(page, 'Scheduling');
  const priority = page.getByLabel('Priority');
  await expect(priority).toHaveValue('');
  await expect(priority).toHaveAccessibleDescription(/Default: 1/);
  await openStep(page, 'Review');
  await submit(page);
  await expect(page.getByRole('heading', { level: 1, name: 'by-default' })).toBeVisible();
  const { Settings, ...body } = JSON.parse(dlc.requestsOf('CreateJob')[0]?.body ?? '');
  expect(Object.keys(body).sort()).toEqual(['DisplayName', 'JobSpecs', 'JobType', 'UserCommand']);
  expect(Object.keys(body.JobSpecs[0]).sort()).toEqual(['EcsSpec', 'Image', 'PodCount', 'Type']);
  // The mark by which Jobwright finds the job again.
  expect(Object.keys(Settings)).toEqual(['Tags']);
});

test('what departs from its default bears a mark as long as it does', async ({ page, local }) => {
  await openNewJob(page, local.url);
  await openStep(page, 'Scheduling');
  const priority = page.getByLabel('Priority');
  const monitor = page.getByLabel('Monitor for faults and restart');
  const marks = page.getByText('changed', { exact: true }).filter({ visible: true });
  await expect(marks).toHaveCount(0);
  await priority.fill('3');
  await expect(marks).toHaveCount(1);
  await monitor.check();
  await expect(marks).toHaveCount(2);
  await priority.fill('');
  await expect(marks).toHaveCount(1);
  await monitor.uncheck();
  await expect(marks).toHaveCount(0);
});

test('a number asks a phone for its digits, a name does not', async ({ page, local }) => {
  await openNewJob(page, local.url);
  await expect(page.getByLabel('Name', { exact: true })).not.toHaveAttribute('inputmode');
  await openStep(page, 'Roles');
  await expect(page.getByLabel('Pods')).toHaveAttribute('inputmode', 'numeric');
  await openStep(page, 'Scheduling');
  await expect(page.getByLabel('Priority')).toHaveAttribute('inputmode', 'numeric');
  await expect(page.getByLabel('Longest running time')).toHaveAttribute('inputmode', 'numeric');
});

test('the command counts its lines and grows with them', async ({ page, local }) => {
  await openNewJob(page, local.url);
  await openStep(page, 'Command and code');
  const command = page.getByLabel('Command', { exact: true });
  await expect(page.getByText('0 lines')).toBeVisible();
  const height = async () => (await command.boundingBox())?.height ?? 0;
  const before = await height();
  await command.fill('one');
  await expect(page.getByText('1 line', { exact: true })).toBeVisible();
  await command.fill(Array.from({ length: 30 }, (_, at) => `line ${at}`).join('\n'));
  await expect(page.getByText('30 lines')).toBeVisible();
  expect(await height()).toBeGreaterThan(before);
});

test('Tab leaves the command as it is', async ({ page, local }) => {
  await openNewJob(page, local.url);
  await openStep(page, 'Command and code');
  const command = page.getByLabel('Command', { exact: true });
  await command.fill('if true; then\n  date');
  await command.press('Tab');
  await expect(command).not.toBeFocused();
  await expect(command).toHaveValue('if true; then\n  date');
});

test('a job near the size the API takes is told how much is left', async ({ page, local }) => {
  await composeSmallJob(page, local.url, { name: 'almost-full', command: `echo ${'x'.repeat(60_000)}` });
  await expect(page.getByText(/almost too large to send: [\d,]+ bytes are left/)).toBeVisible();
});

test('a job beyond the size the API takes is not sent', async ({ page, cloud, dlc }) => {
  await composeSmallJob(page, cloud.url, { name: 'too-full', command: `echo ${'x'.repeat(66_000)}` });
  await expect(page.getByText(/almost too large to send/)).toBeHidden();
  await submit(page);
  await expect(page.getByRole('region', { name: '1 thing to fix' })).toContainText('65,536');
  expect(dlc.requestsOf('CreateJob')).toHaveLength(0);
});
