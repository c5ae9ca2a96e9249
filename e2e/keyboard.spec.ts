import type { Page } from '@playwright/test';
import { expect, test } from './fixtures';

/** Presses Tab until what is focused has this name; a person would stop there too. */
async function tabTo(page: Page, name: string) {
  for (let presses = 0; presses < 80; presses++) {
    await page.keyboard.press('Tab');
    const focused = page.locator(':focus');
    if ((await focused.count()) === 0) continue;
    const label = await focused.evaluate((element) =>
      element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement
        ? (element.labels?.[0]?.textContent ?? '')
        : (element.getAttribute('aria-label') ?? element.textContent ?? ''),
    );
    if (label.trim() === name) return;
  }
  throw new Error(`Tab never reached ${name}`);
}

test('from "New job" to the job page by keyboard alone', async ({ page, local }) => {
  await page.goto(`${local.url}/jobs`);
  await tabTo(page, 'New job');
  await page.keyboard.press('Enter');
  await expect(page.getByLabel('Name', { exact: true })).toBeVisible();
  await tabTo(page, 'Name');
  await page.keyboard.type('by-keyboard');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 2, name: 'Roles' })).toBeFocused();
  await tabTo(page, 'Instance type');
  await page.keyboard.type('ecs.g6.large');
  await tabTo(page, 'Image');
  await page.keyboard.type('img');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 2, name: 'Command and code' })).toBeFocused();
  await tabTo(page, 'Command');
  await page.keyboard.type('echo typed');
  await tabTo(page, 'Review');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 2, name: 'Review' })).toBeFocused();
  await tabTo(page, 'Submit job');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'by-keyboard' })).toBeVisible();
});
