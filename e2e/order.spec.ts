import { openNewJob, openStep } from './compose';
import { expect, test } from './fixtures';

test('roles move by keys and by buttons, and the shared image stays with the first', async ({
  page,
  local,
}) => {
  await openNewJob(page, local.url);
  await page.getByLabel('Job type').selectOption('TFJob');
  await openStep(page, 'Roles');
  await page.getByLabel('Image').fill('registry.example.com/a:1');
  await page.getByRole('button', { name: 'Add PS', exact: true }).click();
  await page.getByRole('button', { name: 'Add Chief', exact: true }).click();
  const titles = page.getByRole('group').getByRole('heading', { level: 2 });
  const chief = page.getByRole('group', { name: 'Chief', exact: true });

  await chief.getByLabel('Pods').focus();
  await page.keyboard.press('Alt+ArrowUp');
  await expect(titles).toHaveText(['Worker', 'Chief', 'PS']);
  await expect(chief.getByLabel('Pods')).toBeFocused();
  const up = page.getByRole('button', { name: 'Move Chief up' });
  await up.focus();
  await page.keyboard.press('Enter');
  await expect(titles).toHaveText(['Chief', 'Worker', 'PS']);
  await expect(up).toBeFocused();
  await expect(up).toHaveAttribute('aria-disabled', 'true');
  await page.keyboard.press('Enter');
  await expect(titles).toHaveText(['Chief', 'Worker', 'PS']);
  await expect(chief.getByLabel('Image')).toHaveValue('registry.example.com/a:1');
});

test('sidecars move, and keys in a list inside them move its rows alone', async ({ page, local }) => {
  await openNewJob(page, local.url);
  await openStep(page, 'Roles');
  await page.getByText('Sidecars, init containers and shared mount paths').click();
  const sidecar = (number: number) => page.getByRole('group', { name: `Sidecar ${number}`, exact: true });
  for (const name of ['ship', 'watch']) {
    await page.getByRole('button', { name: 'Add a sidecar' }).click();
    await sidecar(name === 'ship' ? 1 : 2)
      .getByLabel('Name', { exact: true })
      .fill(name);
  }
  await sidecar(2).getByLabel('Name', { exact: true }).press('Alt+ArrowUp');
  await expect(sidecar(1).getByLabel('Name', { exact: true })).toHaveValue('watch');
  await page.getByRole('button', { name: 'Move Sidecar 1 down' }).click();
  await expect(sidecar(1).getByLabel('Name', { exact: true })).toHaveValue('ship');

  for (const value of ['sh', '-c']) {
    await sidecar(2).getByRole('button', { name: 'Add a row: Command' }).click();
    await sidecar(2)
      .getByLabel(`Command, value ${value === 'sh' ? 1 : 2}`)
      .fill(value);
  }
  await sidecar(2).getByLabel('Command, value 2').press('Alt+ArrowUp');
  await expect(sidecar(2).getByLabel('Command, value 1')).toHaveValue('-c');
  await sidecar(2).getByLabel('Command, value 1').press('Alt+ArrowUp');
  await expect(sidecar(2).getByLabel('Name', { exact: true })).toHaveValue('watch');
});
