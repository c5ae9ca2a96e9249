import { composeSmallJob, openNewJob, openStep, submit } from './compose';
import { expect, expectNoise, test } from './fixtures';

test('a job is stopped, then deleted; its page still shows what was sent', async ({ page, local }) => {
  await composeSmallJob(page, local.url, { name: 'to-be-stopped', command: 'echo up; sleep 600' });
  await submit(page);
  await expect(page).toHaveTitle(/Running/, { timeout: 30_000 });
  await page.getByRole('button', { name: 'Stop job' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Stop job' }).click();
  await expect(page).toHaveTitle(/Stopped/, { timeout: 30_000 });
  const address = page.url();
  await page.getByRole('button', { name: 'Delete job' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Delete job' }).click();
  await expect(page).toHaveURL(/\/jobs$/);
  await page.goto(address);
  await expect(page.getByText('sleep 600').first()).toBeVisible();
});

test('a stop that gets no answer says so and keeps the page', async ({ page, context, local, noise }) => {
  await composeSmallJob(page, local.url, { name: 'offline-stop', command: 'echo up; sleep 600' });
  await submit(page);
  await expect(page).toHaveTitle(/Running/, { timeout: 30_000 });
  await context.setOffline(true);
  await page.getByRole('button', { name: 'Stop job' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Stop job' }).click();
  await expect(page.getByText('The connection was closed before a response arrived.')).toBeVisible();
  await expect(page.getByRole('heading', { level: 1, name: 'offline-stop' })).toBeVisible();
  await context.setOffline(false);
  await page.getByRole('button', { name: 'Stop job' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Stop job' }).click();
  await expect(page).toHaveTitle(/Stopped/, { timeout: 30_000 });
  expectNoise(noise, /ERR_INTERNET_DISCONNECTED|Failed to fetch/);
});

test('nothing scrolls sideways on a phone', async ({ page, local }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  const expectFits = async () =>
    expect(await page.evaluate(() => document.documentElement.scrollWidth), page.url()).toBe(390);
  await openNewJob(page, local.url);
  await page.getByLabel('Name', { exact: true }).fill(`long-${'x'.repeat(240)}`);
  for (const step of ['Roles', 'Command and code', 'Data', 'Environment', 'Network', 'Scheduling']) {
    await openStep(page, step);
    await expectFits();
    if (step === 'Roles') {
      await page.getByLabel('Image').fill(`registry.example.com/${'y'.repeat(120)}:1`);
      await page.getByRole('textbox', { name: 'Instance type' }).fill('ecs.g6.large');
    }
    if (step === 'Command and code')
      await page.getByLabel('Command', { exact: true }).fill('echo '.repeat(80));
  }
  await openStep(page, 'Review');
  await expectFits();
  await submit(page);
  await expect(page).toHaveTitle(/Succeeded|Failed/, { timeout: 30_000 });
  await expectFits();
  for (const path of ['/jobs', '/submissions', '/jobs/dlc0000000000000']) {
    await page.goto(local.url + path);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await expectFits();
  }
});
