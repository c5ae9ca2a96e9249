import { openNewJob, openStep } from './compose';
import { expect, test } from './fixtures';

test('roles: one of each, duplicated, copied, with one image for all and live totals', async ({
  page,
  local,
}) => {
  await openNewJob(page, local.url);
  await page.getByLabel('Job type').selectOption('TFJob');
  await openStep(page, 'Roles');
  const role = (name: string) => page.getByRole('group', { name, exact: true });
  await expect(page.getByRole('button', { name: 'Add Worker' })).toBeDisabled();
  await page.getByRole('button', { name: 'Add PS' }).click();
  await expect(page.getByRole('button', { name: 'Add PS' })).toBeDisabled();

  await role('Worker').getByLabel('Image').fill('registry.example.com/a:1');
  await expect(role('PS').getByLabel('Image')).toHaveAttribute('placeholder', 'registry.example.com/a:1');
  await role('PS').getByLabel('Image').fill('registry.example.com/b:1');
  await expect(role('PS').getByText('Differs from the first role')).toBeVisible();

  await role('Worker').getByRole('textbox', { name: 'Instance type' }).fill('ecs.g6.large');
  await role('Worker').getByLabel('Pods').fill('3');
  await page.getByRole('button', { name: 'Copy settings to others: Worker' }).click();
  await expect(role('PS').getByRole('textbox', { name: 'Instance type' })).toHaveValue('ecs.g6.large');
  await expect(role('PS').getByLabel('Image')).toHaveValue('registry.example.com/a:1');
  await expect(role('PS').getByLabel('Pods')).toHaveValue('1');
  await expect(page.getByText('Total: 4 pods.')).toBeVisible();

  await page.getByRole('button', { name: 'Duplicate PS' }).click();
  await expect(page.getByRole('heading', { level: 2, name: 'Role 3' })).toBeVisible();
});

test('what a job type or a pool does not have is set aside in sight, not sent, and comes back', async ({
  page,
  local,
}) => {
  await openNewJob(page, local.url);
  await page.getByLabel('Job type').selectOption('TFJob');
  await openStep(page, 'Roles');
  await page.getByRole('button', { name: 'Add PS' }).click();
  await page.getByRole('textbox', { name: 'Instance type' }).nth(1).fill('ecs.ps.large');
  await openStep(page, 'Basics');
  await page.getByLabel('Job type').selectOption('PyTorchJob');
  await expect(page.getByText('PyTorchJob has no role PS')).toBeVisible();
  await openStep(page, 'Review');
  await expect(page.getByText('"PodCount"')).toBeVisible();
  await expect(page.getByText('ecs.ps.large')).toBeHidden();
  await openStep(page, 'Basics');
  await page.getByLabel('Job type').selectOption('TFJob');
  await expect(page.getByText('has no role PS')).toBeHidden();
  await openStep(page, 'Roles');
  await expect(page.getByRole('textbox', { name: 'Instance type' }).nth(1)).toHaveValue('ecs.ps.large');

  await page.getByRole('radio', { name: 'Resource quota, by amounts' }).check();
  await expect(page.getByText(/Instance types are kept but not sent.*PS ecs\.ps\.large/)).toBeVisible();
  await page.getByLabel('Quota', { exact: true }).fill('quota-1');
  await page.getByLabel('GPU', { exact: true }).first().fill('8');
  await page.getByRole('radio', { name: 'Public pool, by instance type' }).check();
  await expect(page.getByText(/kept but not sent.*quota-1.*Worker GPU 8/)).toBeVisible();
  await expect(page.getByRole('textbox', { name: 'Instance type' }).nth(1)).toHaveValue('ecs.ps.large');
});

test('rows move by keys and by buttons', async ({ page, local }) => {
  await openNewJob(page, local.url);
  await openStep(page, 'Command and code');
  await page.getByRole('button', { name: 'Add a row: Python libraries' }).click();
  await page.getByLabel('Python libraries, value 1').focus();
  await page.evaluate(() => navigator.clipboard.writeText('numpy==1.16.1\npandas\ntorch'));
  await page.keyboard.press('ControlOrMeta+V');
  await expect(page.getByLabel('Python libraries, value 3')).toHaveValue('torch');
  await page.getByLabel('Python libraries, value 3').focus();
  await page.keyboard.press('Alt+ArrowUp');
  await expect(page.getByLabel('Python libraries, value 2')).toHaveValue('torch');
  await page.getByRole('button', { name: 'Move row 2 up' }).click();
  await expect(page.getByLabel('Python libraries, value 1')).toHaveValue('torch');
});
