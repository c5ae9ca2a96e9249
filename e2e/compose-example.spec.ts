import { openNewJob, openStep, submit } from './compose';
import { expect, test } from './fixtures';

const image =
  'registry.cn-hangzhou.aliyuncs.com/pai-dlc/tensorflow-training:1.12PAI-gpu-py36-cu101-ubuntu18.04';

test("the CreateJob page's example, typed in, leaves as exactly that body and becomes a job page", async ({
  page,
  cloud,
  dlc,
}) => {
  await openNewJob(page, cloud.url);
  await page.getByLabel('Name', { exact: true }).fill('tf-mnist-test');
  await page.getByLabel('Job type').selectOption('TFJob');
  await openStep(page, 'Roles');
  await page.getByLabel('Pods').fill('3');
  await page.getByLabel('Image').fill(image);
  await page.getByRole('textbox', { name: 'Instance type' }).fill('ecs.gn6e-c12g1.3xlarge');
  await openStep(page, 'Command and code');
  await page.getByLabel('Command', { exact: true }).fill('python /root/code/mnist.py');
  await page.getByLabel('Code source').fill('code-20210111103721-xxxxxxx');
  await page.getByLabel('Branch').fill('master');
  await page.getByLabel('Commit').fill('44da109b5');
  await page.getByRole('button', { name: 'Add a row: Python libraries' }).click();
  await page.getByLabel('Python libraries, value 1').fill('numpy==1.16.1');
  await page.getByLabel('Directory of requirements.txt').fill('/root/code/');
  await openStep(page, 'Data');
  await page.getByRole('button', { name: 'Add a data source' }).click();
  await page.getByRole('textbox', { name: 'Data source' }).fill('d-cn9dl1234567');
  await openStep(page, 'Network');
  await page.getByLabel('VPC').fill('vpc-abcdef1234');
  await page.getByLabel('Security group').fill('sg-abcdef1234');
  await openStep(page, 'Scheduling');
  await page.getByLabel('Longest running time').fill('1024');
  await openStep(page, 'Review');
  await submit(page);

  await expect(page.getByRole('heading', { level: 1, name: 'tf-mnist-test' })).toBeVisible();
  const [request] = dlc.requestsOf('CreateJob');
  const [job] = dlc.jobs;
  expect(dlc.requestsOf('CreateJob')).toHaveLength(1);
  expect(page.url()).toBe(`${cloud.url}/jobs/${job?.JobId}`);
  expect(JSON.parse(request?.body ?? '')).toEqual({
    DisplayName: 'tf-mnist-test',
    JobType: 'TFJob',
    JobSpecs: [{ Type: 'Worker', Image: image, PodCount: 3, EcsSpec: 'ecs.gn6e-c12g1.3xlarge' }],
    UserCommand: 'python /root/code/mnist.py',
    DataSources: [{ DataSourceId: 'd-cn9dl1234567' }],
    CodeSource: { CodeSourceId: 'code-20210111103721-xxxxxxx', Branch: 'master', Commit: '44da109b5' },
    UserVpc: { VpcId: 'vpc-abcdef1234', SecurityGroupId: 'sg-abcdef1234' },
    ThirdpartyLibs: ['numpy==1.16.1'],
    ThirdpartyLibDir: '/root/code/',
    JobMaxRunningTimeMinutes: 1024,
    Settings: { Tags: { 'jobwright-submission': expect.stringMatching(/^[0-9a-f-]{36}$/) } },
  });
  expect(request?.headers.authorization).toMatch(/^ACS3-HMAC-SHA256 Credential=LTAItestkeyid000000,/);
});
