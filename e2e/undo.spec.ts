import { openNewJob, openStep } from './compose';
import { expect, test } from './fixtures';

test('a removed role comes back as it was, where it was', async ({ page, local }) => {
  await openNewJob(page, local.url);
  await page.getByLabel('Job type').selectOption('TFJob');
  await openStep(page, 'Roles');
  await page.getByRole('button', { name: 'Add PS', exact: true }).click();
  await page.getByRole('button', { name: 'Add Chief', exact: true }).click();
  const ps = page.getByRole('group', { name: 'PS', exact: true });
  await ps.getByRole('textbox', { name: 'Instance type' }).fill('ecs.ps.large');
  await ps.getByLabel('Pods').fill('4');
  await ps.getByText('Sidecars, init containers and shared mount paths').click();
  await ps.getByRole('button', { name: 'Add a row: Shared mount paths' }).click();
  await ps.getByLabel('Shared mount paths, value 1').fill('/shared');

  await ps.getByRole('button', { name: 'Remove PS' }).focus();
  await page.keyboard.press('Enter');
  await expect(ps).toBeHidden();
  const undo = page.getByRole('button', { name: 'Undo' });
  await expect(undo).toBeFocused();
  await expect(undo).toHaveAccessibleDescription('PS was removed.');
  await page.keyboard.press('Enter');
  await expect(undo).toBeHidden();
  const titles = page.getByRole('group').getByRole('heading', { level: 2 });
  await expect(titles).toHaveText(['Worker', 'PS', 'Chief']);
  await expect(ps.getByRole('combobox', { name: 'Role' })).toBeFocused();
  await expect(ps.getByRole('textbox', { name: 'Instance type' })).toHaveValue('ecs.ps.large');
  await expect(ps.getByLabel('Pods')).toHaveValue('4');
  await expect(ps.getByLabel('Shared mount paths, value 1')).toHaveValue('/shared');
});

test('a role set aside and a draft can be brought back after they were discarded', async ({
  page,
  local,
}) => {
  await openNewJob(page, local.url);
  await page.getByLabel('Name', { exact: true }).fill('thrown-away');
  await page.getByLabel('Job type').selectOption('TFJob');
  await openStep(page, 'Roles');
  await page.getByRole('button', { name: 'Add PS', exact: true }).click();
  await openStep(page, 'Environment');
  await page.getByRole('button', { name: 'Add a row: Variables' }).click();
  await page.getByLabel('Variables, name 1').fill('API_TOKEN');
  await page.getByLabel('Variables, value 1').fill('hunter2-hunter2');
  await openStep(page, 'Basics');
  await page.getByLabel('Job type').selectOption('PyTorchJob');
  await page.getByRole('button', { name: 'Discard PS' }).click();
  await expect(page.getByText('PyTorchJob has no role PS')).toBeHidden();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByText('PyTorchJob has no role PS')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Restore PS' })).toBeFocused();
  await expect(page.getByText('Draft kept in this browser')).toBeVisible();
  const address = page.url();
  const kept = () =>
    page.evaluate(() => Object.entries(localStorage).filter(([key]) => key.includes('draft')));

  await page.getByRole('link', { name: 'New job' }).click();
  await page.getByText('Unsent drafts in this browser').click();
  const before = await kept();
  await page.getByRole('button', { name: 'Discard thrown-away' }).click();
  expect(await kept()).toEqual([]);
  const undo = page.getByRole('button', { name: 'Undo' });
  await expect(undo).toBeFocused();
  await expect(undo).toHaveAccessibleDescription('The draft “thrown-away” was discarded.');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('link', { name: 'Continue thrown-away' })).toBeFocused();
  expect(await kept()).toEqual(before);
  await page.goto(address);
  await openStep(page, 'Environment');
  await expect(page.getByLabel('Variables, value 1')).toHaveValue('hunter2-hunter2');
});
