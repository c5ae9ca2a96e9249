import { openNewJob, openStep, submit } from './compose';
import { expect, test } from './fixtures';

const count = { roles: 20, variables: 200 };

test('20 roles and 200 variables are all there, can be addressed, and leave as they were typed', async ({
  page,
  cloud,
  dlc,
}) => {
  // Some five hundred fields are typed and read.
  test.slow();
  await openNewJob(page, cloud.url);
  await page.getByLabel('Name', { exact: true }).fill('large-form');
  await page.getByLabel('Job type').selectOption('RayJob');
  await openStep(page, 'Roles');
  const role = (index: number) => page.getByRole('textbox', { name: 'Instance type' }).nth(index);
  const name = (index: number) => page.getByRole('combobox', { name: 'Role' }).nth(index);
  const names = ['Head', 'Worker', ...Array.from({ length: count.roles - 2 }, (_, at) => `Worker-${at + 2}`)];
  await name(0).fill('Head');
  await page.getByLabel('Image').fill('registry.example.com/ray:1');
  await role(0).fill('ecs.g6.large');
  for (const next of names.slice(1))
    await page.getByRole('button', { name: `Add ${next}`, exact: true }).click();
  await expect(page.getByRole('textbox', { name: 'Instance type' })).toHaveCount(count.roles);
  await page.getByRole('button', { name: 'Copy settings to others: Head' }).click();
  await role(count.roles - 1).fill('ecs.g6.last');

  await openStep(page, 'Environment');
  await page.getByRole('button', { name: 'Add a row: Variables' }).click();
  await page.getByLabel('Variables, name 1', { exact: true }).focus();
  await page.evaluate(
    (rows) =>
      navigator.clipboard.writeText(
        Array.from({ length: rows }, (_, at) => `V_${at}=value ${at}`).join('\n'),
      ),
    count.variables,
  );
  await page.keyboard.press('ControlOrMeta+V');
  const last = page.getByLabel(`Variables, value ${count.variables}`, { exact: true });
  await expect(last).toHaveValue(`value ${count.variables - 1}`);
  await page.getByLabel('Variables, value 100', { exact: true }).fill('typed');

  await openStep(page, 'Command and code');
  await page.getByLabel('Command', { exact: true }).fill('python train.py');
  await openStep(page, 'Review');
  await submit(page);
  await expect(page.getByRole('heading', { level: 1, name: 'large-form' })).toBeVisible();
  const body = JSON.parse(dlc.requestsOf('CreateJob')[0]?.body ?? '');
  expect(body.JobSpecs.map(({ Type, EcsSpec }: Record<string, string>) => [Type, EcsSpec])).toEqual(
    names.map((type, at) => [type, at === count.roles - 1 ? 'ecs.g6.last' : 'ecs.g6.large']),
  );
  expect(Object.keys(body.Envs)).toHaveLength(count.variables);
  expect(body.Envs).toMatchObject({ V_0: 'value 0', V_99: 'typed', V_199: 'value 199' });
});
