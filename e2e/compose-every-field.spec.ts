import type { Locator } from '@playwright/test';
import { openNewJob, openStep, submit } from './compose';
import { expect, test } from './fixtures';

async function addRows(scope: Locator, field: string, rows: (string | [string, string])[]) {
  for (const [index, row] of rows.entries()) {
    await scope.getByRole('button', { name: `Add a row: ${field}` }).click();
    const [key, value] = typeof row === 'string' ? [undefined, row] : row;
    if (key !== undefined) await scope.getByLabel(`${field}, name ${index + 1}`).fill(key);
    await scope.getByLabel(`${field}, value ${index + 1}`).fill(value);
  }
}

async function fillContainer(container: Locator, name: string) {
  await container.getByLabel('Name', { exact: true }).fill(name);
  await container.getByLabel('Working directory').fill('/work');
  await container.getByLabel('Image').fill(`registry.example.com/${name}:1`);
  await addRows(container, 'Command', ['sh', '-c']);
  await addRows(container, 'Arguments', ['echo a b']);
  await addRows(container, 'Variables', [['LEVEL', 'debug']]);
  await addRows(container, 'Limits', [['nvidia.com/gpu', '1']]);
  await addRows(container, 'Requests', [['cpu', '500m']]);
}

const container = (name: string) => ({
  Name: name,
  Image: `registry.example.com/${name}:1`,
  Command: ['sh', '-c'],
  Args: ['echo a b'],
  WorkingDir: '/work',
  Env: [{ Name: 'LEVEL', Value: 'debug' }],
  Resources: { Limits: { 'nvidia.com/gpu': '1' }, Requests: { cpu: '500m' } },
});

test('a job that uses every field leaves as exactly that body', async ({ page, cloud, dlc }) => {
  await openNewJob(page, cloud.url);
  const main = page.getByRole('main');
  await page.getByLabel('Name', { exact: true }).fill('every.field_1');
  await page.getByLabel('Job type').selectOption('PyTorchJob');
  await page.getByLabel('Workspace').fill('268');

  await openStep(page, 'Roles');
  await page.getByRole('radio', { name: 'Resource quota, by amounts' }).check();
  await page.getByLabel('Quota', { exact: true }).fill('quotajradxh43rgb');
  await page.getByLabel('Pods').fill('2');
  await page.getByLabel('Image').fill('registry.example.com/train:2');
  await page.getByLabel('CPU', { exact: true }).fill('10');
  await page.getByLabel('GPU', { exact: true }).fill('3');
  await page.getByLabel('Memory', { exact: true }).fill('10Gi');
  await page.getByLabel('Shared memory').fill('5Gi');
  await page.getByLabel('GPU type').fill('Tesla-V100-16G');
  await page.getByLabel('Use spot instances').check();
  await page.getByText('Sidecars, init containers and shared mount paths').click();
  await page.getByRole('button', { name: 'Add a sidecar' }).click();
  await fillContainer(page.getByRole('group', { name: 'Sidecar 1', exact: true }), 'ship');
  await page.getByRole('button', { name: 'Add an init container' }).click();
  await fillContainer(page.getByRole('group', { name: 'Init container 1', exact: true }), 'prepare');
  await addRows(main, 'Shared mount paths', ['/shared']);

  await openStep(page, 'Command and code');
  await page.getByLabel('Command', { exact: true }).fill('set -e\npython train.py');
  await page.getByLabel('Code source').fill('code-1');
  await page.getByLabel('Mount path').fill('/root/code');
  await page.getByLabel('Branch').fill('main');
  await page.getByLabel('Commit').fill('44da109b5');
  await addRows(main, 'Python libraries', ['numpy==1.16.1']);
  await page.getByLabel('Directory of requirements.txt').fill('/root/code/');

  await openStep(page, 'Data');
  await page.getByRole('button', { name: 'Add a data source' }).click();
  await page.getByRole('textbox', { name: 'Data source' }).fill('d-1');
  await page.getByLabel('Mount path').fill('/root/data');

  await openStep(page, 'Environment');
  await page.getByRole('button', { name: 'Add a row: Variables' }).click();
  await page.getByLabel('Variables, name 1').focus();
  await page.evaluate(() =>
    navigator.clipboard.writeText('# mine\nexport ENABLE_DEBUG_MODE=true\nURL="a=b c"\nEMPTY='),
  );
  await page.keyboard.press('ControlOrMeta+V');
  await expect(page.getByLabel('Variables, value 2')).toHaveValue('a=b c');
  await page.getByLabel('Mount options').fill('fs.oss.download.queue.size=16');

  await openStep(page, 'Network');
  await page.getByLabel('VPC').fill('vpc-1');
  await page.getByLabel('vSwitch').fill('vs-1');
  await page.getByLabel('Security group').fill('sg-1');
  await addRows(main, 'Extended CIDR blocks', ['192.168.0.1/24']);

  await openStep(page, 'Scheduling');
  await page.getByLabel('Priority', { exact: true }).fill('8');
  await page.getByLabel('Longest running time').fill('1024');
  await page.getByText('Advanced').click();
  await page.getByLabel('Caller').fill('SilkFlow');
  await page.getByLabel('Business user').fill('1600');
  await page.getByLabel('Pipeline').fill('pid-12');
  await page.getByLabel('Allow tidal resources').check();
  await page.getByLabel('Monitor for faults and restart').check();
  await page.getByLabel('Fault monitoring arguments').fill('--enable-log-hang-detection true');
  await addRows(main, 'Tags', [['team', 'vision']]);

  await openStep(page, 'Review');
  await submit(page);
  await expect(page.getByRole('heading', { level: 1, name: 'every.field_1' })).toBeVisible();
  expect(JSON.parse(dlc.requestsOf('CreateJob')[0]?.body ?? '')).toEqual({
    DisplayName: 'every.field_1',
    JobType: 'PyTorchJob',
    WorkspaceId: '268',
    ResourceId: 'quotajradxh43rgb',
    JobSpecs: [
      {
        Type: 'Worker',
        Image: 'registry.example.com/train:2',
        PodCount: 2,
        ResourceConfig: {
          CPU: '10',
          GPU: '3',
          Memory: '10Gi',
          SharedMemory: '5Gi',
          GPUType: 'Tesla-V100-16G',
        },
        UseSpotInstance: true,
        ExtraPodSpec: {
          SideCarContainers: [container('ship')],
          InitContainers: [container('prepare')],
          SharedVolumeMountPaths: ['/shared'],
        },
      },
    ],
    UserCommand: 'set -e\npython train.py',
    CodeSource: { CodeSourceId: 'code-1', Branch: 'main', Commit: '44da109b5', MountPath: '/root/code' },
    ThirdpartyLibs: ['numpy==1.16.1'],
    ThirdpartyLibDir: '/root/code/',
    DataSources: [{ DataSourceId: 'd-1', MountPath: '/root/data' }],
    Envs: { ENABLE_DEBUG_MODE: 'true', URL: 'a=b c', EMPTY: '' },
    Options: 'fs.oss.download.queue.size=16',
    UserVpc: {
      VpcId: 'vpc-1',
      SwitchId: 'vs-1',
      SecurityGroupId: 'sg-1',
      ExtendedCIDRs: ['192.168.0.1/24'],
    },
    Priority: 8,
    JobMaxRunningTimeMinutes: 1024,
    Settings: {
      BusinessUserId: '1600',
      Caller: 'SilkFlow',
      PipelineId: 'pid-12',
      EnableTideResource: true,
      EnableErrorMonitoringInAIMaster: true,
      ErrorMonitoringArgs: '--enable-log-hang-detection true',
      Tags: { team: 'vision', 'jobwright-submission': expect.any(String) },
    },
  });
});
