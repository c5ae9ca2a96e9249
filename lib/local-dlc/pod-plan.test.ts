import { describe, expect, it } from 'vitest';
import type { JobRecord } from './job-record';
import { podEnvironment } from './pod-environment';
import { newPods, planPods } from './pod-plan';

const namesOf = (jobType: string, roles: [string, number][]): string[] =>
  planPods(
    jobType,
    roles.map(([Type, PodCount]) => ({ Type, PodCount })),
  ).map(({ role, index }) => `${role}-${index}`);

function newJob(JobType: string, roles: [string, number][], Envs = {}): JobRecord {
  const places = planPods(
    JobType,
    roles.map(([Type, PodCount]) => ({ Type, PodCount })),
  );
  return {
    jobId: 'dlcx',
    request: { JobType, Envs },
    userId: '1',
    workspaceId: '1',
    status: 'Running',
    reason: { code: '', message: '' },
    createdAt: 0,
    modifiedAt: 0,
    history: [],
    pods: newPods('dlcx', places, [7001, 7002, 7003, 7004]),
  };
}

describe('the pods of a job', () => {
  it.each([
    ['PyTorchJob', [['Worker', 1]], ['master-0']],
    ['PyTorchJob', [['Worker', 3]], ['master-0', 'worker-0', 'worker-1']],
    [
      'PyTorchJob',
      [
        ['Worker', 2],
        ['Master', 1],
      ],
      ['master-0', 'worker-0', 'worker-1'],
    ],
    ['TFJob', [['Worker', 2]], ['worker-0', 'worker-1']],
    [
      'TFJob',
      [
        ['PS', 1],
        ['Worker', 1],
        ['Chief', 1],
      ],
      ['chief-0', 'ps-0', 'worker-0'],
    ],
    ['MPIJob', [['Worker', 2]], ['worker-0', 'worker-1']],
    [
      'RayJob',
      [
        ['Worker-gpu', 1],
        ['Head', 1],
      ],
      ['head-0', 'worker-gpu-0'],
    ],
  ] as [string, [string, number][], string[]][])('%s of %j', (jobType, roles, names) => {
    expect(namesOf(jobType, roles)).toEqual(names);
  });
});

describe("a pod's variables", () => {
  it('say its rank and where the master listens', () => {
    const job = newJob('PyTorchJob', [['Worker', 2]], { RANK: '9', MINE: 'x' });
    const variables = job.pods.map((pod) =>
      podEnvironment(job, pod, { NODE_ENV: 'test', LC_ALL: 'C', AWS: 'no' }, { hostOf: () => '127.0.0.1' }),
    );
    expect(variables[1]).toEqual({
      LC_ALL: 'C',
      MINE: 'x',
      MASTER_ADDR: '127.0.0.1',
      MASTER_PORT: '7001',
      WORLD_SIZE: '2',
      RANK: '1',
      NPROC_PER_NODE: '1',
      PYTHONUNBUFFERED: '0',
      DLC_JOB_ID: 'dlcx',
      DLC_POD_ID: 'dlcx-worker-0',
      PAI_TASK_ROLE: 'worker',
      PAI_WORKSPACE_ID: '1',
    });
  });

  it('hold CustomEnvs beside Envs', () => {
    const job = newJob('PyTorchJob', [['Worker', 1]], { A: '1' });
    const CustomEnvs = [{ Key: 'B', Value: '2', Visible: 'true' }, { Key: 'C' }];
    const given = { ...job, request: { ...job.request, CustomEnvs } };
    const [pod] = job.pods;
    if (!pod) throw new Error('a pod is missing');
    expect(podEnvironment(given, pod, { NODE_ENV: 'test' }, { hostOf: () => '' })).toMatchObject({
      A: '1',
      B: '2',
      C: '',
    });
  });

  it('describe the cluster of a TFJob, without its evaluator', () => {
    const job = newJob('TFJob', [
      ['Worker', 2],
      ['Evaluator', 1],
      ['Chief', 1],
    ]);
    const [, , worker] = job.pods;
    if (!worker) throw new Error('a pod is missing');
    const variables = podEnvironment(job, worker, { NODE_ENV: 'test' }, { hostOf: ({ podId }) => podId });
    expect(JSON.parse(variables.TF_CONFIG ?? '')).toEqual({
      cluster: { chief: ['dlcx-chief-0:7001'], worker: ['dlcx-worker-0:7002', 'dlcx-worker-1:7003'] },
      task: { type: 'worker', index: 1 },
      environment: 'cloud',
    });
    expect(variables).not.toHaveProperty('RANK');
  });
});
