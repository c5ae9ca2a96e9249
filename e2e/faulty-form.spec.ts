import { openNewJob, openStep, submit } from './compose';
import { expect, test } from './fixtures';

test('Submit with errors moves to a summary whose entries lead to their fields', async ({
  page,
  cloud,
  dlc,
}) => {
  await openNewJob(page, cloud.url);
  await page.getByLabel('Name', { exact: true }).fill('no spaces please');
  await openStep(page, 'Review');
  await submit(page);
  const summary = page.getByRole('region', { name: /things to fix/ });
  await expect(summary).toBeFocused();
  await expect(summary.getByRole('listitem')).toHaveText([/^Name/, /^Image/, /^Instance type/, /^Command/]);
  const steps = page.getByRole('navigation', { name: 'Steps' });
  await expect(steps.getByRole('button', { name: 'Roles' })).toHaveAccessibleName(/2 problems/);
  await expect(steps.getByRole('button', { name: 'Data' })).toHaveAccessibleName(/complete/);
  await summary.getByRole('button', { name: 'Instance type' }).click();
  await expect(page.getByRole('textbox', { name: 'Instance type' })).toBeFocused();
  await expect(page.getByRole('textbox', { name: 'Instance type' })).toHaveAccessibleDescription(
    /Enter an instance type/,
  );
  await openStep(page, 'Basics');
  await expect(page.getByLabel('Name', { exact: true })).toHaveAccessibleDescription(/without spaces/);
  expect(dlc.requestsOf('CreateJob')).toHaveLength(0);
});

test('an error is shown at its field when it is left, and goes when it is mended', async ({
  page,
  local,
}) => {
  await openNewJob(page, local.url);
  const name = page.getByLabel('Name', { exact: true });
  await name.fill('a b');
  await name.blur();
  await expect(page.getByText('without spaces')).toBeVisible();
  await name.fill('a-b');
  await expect(page.getByText('without spaces')).toBeHidden();
});
