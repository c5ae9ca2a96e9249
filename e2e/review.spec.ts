import type { Locator } from '@playwright/test';
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

for (const width of [1280, 390])
  test(`each step says in words what became of it, ${width} px wide`, async ({ page, local }) => {
    await page.setViewportSize({ width, height: 800 });
    await openNewJob(page, local.url);
    const step = (name: RegExp) =>
      page.getByRole('navigation', { name: 'Steps' }).getByRole('button', { name });
    // On one line, and not only for those who hear the page.
    const expectWords = async (words: Locator) => {
      await expect(words).toBeInViewport();
      const { width = 0, height = 0 } = (await words.boundingBox()) ?? {};
      expect(width).toBeGreaterThan(40);
      expect(height).toBeLessThan(20);
    };
    await expectWords(step(/Roles/).getByText('not visited'));
    await openStep(page, 'Data');
    if (width > 1000) await expectWords(step(/Basics/).getByText('1 problem'));
    await openStep(page, 'Review');
    if (width > 1000) await expectWords(step(/Data/).getByText('complete'));
    await expect(page.getByText(/^Unnamed PyTorchJob on 1 pod/)).toBeVisible();
    await page.getByRole('button', { name: 'Submit job' }).click();
    if (width > 1000) await expectWords(step(/Command and code/).getByText('1 problem'));
    await expect(step(/Review/).getByText('4 problems')).toBeInViewport({ ratio: 1 });
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
