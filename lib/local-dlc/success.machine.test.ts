import { expect, it, vi } from 'vitest';
import * as client from './test-client';
import { livingWith } from './test-isolations';
import { startQuick } from './test-start';

vi.setConfig({ testTimeout: 30_000 });
const wait = { timeout: 20_000, interval: 50 };

const byRole = (commands: Record<string, string>): string =>
  `case "$PAI_TASK_ROLE" in\n${Object.entries(commands)
    .map(([role, command]) => `${role}) ${command};;`)
    .join('\n')}\nesac`;

const roles = (...specs: [Type: string, more?: object][]): object[] =>
  specs.map(([Type, more]) => ({ Type, ...more }));

it.each([
  [
    'a TFJob without the PS, which does not end by itself, and without the evaluator',
    { JobType: 'TFJob', JobSpecs: roles(['PS'], ['Worker', { PodCount: 2 }], ['Evaluator']) },
    { ps: 'exec sleep 601.7', evaluator: 'exec sleep 601.7', worker: 'sleep 0.2' },
    ['ps-0', 'evaluator-0'],
  ],
  [
    'with ChiefWorker when the chief has',
    { JobType: 'TFJob', SuccessPolicy: 'ChiefWorker', JobSpecs: roles(['Chief'], ['Worker']) },
    { chief: 'sleep 0.2', worker: 'exec sleep 602.7' },
    ['worker-0'],
  ],
  [
    'with ChiefWorker and no chief when its first worker has',
    { JobType: 'TFJob', SuccessPolicy: 'ChiefWorker', JobSpecs: roles(['Worker', { PodCount: 2 }]) },
    { worker: `grep -q '"index":0' <<< "$TF_CONFIG" || exec sleep 603.7` },
    ['worker-1'],
  ],
  [
    'when the role with IsChief has',
    { JobType: 'PyTorchJob', JobSpecs: roles(['Master', { IsChief: true }], ['Worker']) },
    { master: 'sleep 0.2', worker: 'exec sleep 604.7' },
    ['worker-0'],
  ],
  [
    'when the roles that Partial counts have',
    {
      JobType: 'PyTorchJob',
      SuccessPolicy: 'Partial',
      JobSpecs: roles(['Master'], ['Worker', { ConsiderInSuccessPolicy: true }]),
    },
    { master: 'exec sleep 605.7', worker: 'sleep 0.2' },
    ['master-0'],
  ],
])('a job succeeds: %s', async (_name, body, commands, ended) => {
  const dlc = await startQuick();
  const jobId = await client.createId(dlc, { ...body, UserCommand: byRole(commands) });
  await expect.poll(() => client.statusOf(dlc, jobId), wait).toBe('Succeeded');
  const job = await client.read(dlc, jobId);
  expect(job.ReasonCode).toBe('JobSucceeded');
  const statuses = (job.Pods as { Status: string }[]).map(({ Status }) => Status);
  expect(new Set(statuses)).toEqual(new Set(['Succeeded']));
  const path = `/api/v1/jobs/${jobId}/events`;
  const { body: said } = await client.call(dlc, {
    action: 'GetJobEvents',
    path,
    query: { MaxEventsNum: '100' },
  });
  for (const pod of ended)
    expect(said.Events).toContainEqual(
      expect.stringContaining(`Pod ${jobId}-${pod} was ended when the job had succeeded.`),
    );
  expect(livingWith(`${jobId}/pods`)).toEqual([]);
});

it('a job fails with a pod whose success it does not need', async () => {
  const dlc = await startQuick();
  const jobId = await client.createId(dlc, {
    JobType: 'TFJob',
    JobSpecs: roles(['PS'], ['Worker']),
    UserCommand: byRole({ ps: 'exit 3', worker: 'exec sleep 606.7' }),
  });
  await expect.poll(() => client.statusOf(dlc, jobId), wait).toBe('Failed');
  expect((await client.read(dlc, jobId)).ReasonMessage).toContain(`pod ${jobId}-ps-0 exited with code 3`);
});
