import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { composeSmallJob, openNewJob, openStep, submit } from './compose';
import { expect, expectNoise, test } from './fixtures';

async function expectAccessible(page: Page, where: string) {
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
    .analyze();
  const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target).join(' | ')}`);
  expect(found, where).toEqual([]);
  // A sentence that was not handed to the browser shows as its key.
  const keys = (await page.locator('body').allInnerTexts())
    .join('\n')
    .match(/\b(form|field|hint|job|local|problem|fault|submission|warning|reading)\.[a-zA-Z.]+/g);
  expect(keys, where).toBeNull();
}

const stepNames = [
  'Basics',
  'Roles',
  'Command and code',
  'Data',
  'Environment',
  'Network',
  'Scheduling',
  'Review',
];

for (const colorScheme of ['light', 'dark'] as const)
  test.describe(colorScheme, () => {
    test.use({ colorScheme });

    test('axe finds nothing on any step of the form, nor after a failed submit', async ({ page, local }) => {
      await openNewJob(page, local.url);
      for (const step of stepNames) {
        await openStep(page, step);
        await expectAccessible(page, step);
      }
      await submit(page);
      await expect(page.getByRole('region', { name: /to fix/ })).toBeFocused();
      await expectAccessible(page, 'failed submit');
      await openStep(page, 'Roles');
      await expectAccessible(page, 'Roles with errors');
    });

    test('axe finds nothing on the list, a job, its submission, a missing job and a missing page', async ({
      page,
      local,
      noise,
    }) => {
      await composeSmallJob(page, local.url, { name: `axe-${colorScheme}` });
      await submit(page);
      await expect(page).toHaveTitle(/Succeeded/, { timeout: 30_000 });
      await expectAccessible(page, 'job');
      for (const path of ['/jobs', '/submissions', '/local', '/jobs/dlc0000000000000', '/nowhere']) {
        await page.goto(local.url + path);
        await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
        await expectAccessible(page, path);
      }
      expectNoise(noise, /404.*(nowhere|dlc0000000000000)/);
      await composeSmallJob(page, local.url, { name: 'no-answer-lost' });
      await submit(page);
      await expect(page).toHaveURL(/submissions/);
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      await expectAccessible(page, 'submission');
    });
  });
