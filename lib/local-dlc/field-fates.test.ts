import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { createJobShape } from './create-job-shape';
import { actedOn, idle, refused } from './field-fates';
import * as client from './test-client';
import { startQuick } from './test-start';

/** Every leaf of a schema by its path, `[]` for the elements of a list. */
function leavesOf(schema: unknown, path = ''): string[] {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable)
    return leavesOf(schema.unwrap(), path);
  if (schema instanceof z.ZodArray && isObject(schema.element)) return leavesOf(schema.element, `${path}[]`);
  if (!(schema instanceof z.ZodObject)) return [path];
  const fields = Object.entries(schema.shape);
  if (fields.length === 0) return [path];
  return fields.flatMap(([name, field]) => leavesOf(field, path === '' ? name : `${path}.${name}`));
}

function isObject(schema: unknown): boolean {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable) return isObject(schema.unwrap());
  return schema instanceof z.ZodObject;
}

const fates = [...actedOn, ...idle, ...Object.keys(refused)];

describe('every field of CreateJob', () => {
  const leaves = leavesOf(createJobShape);
  const covers = (fate: string, leaf: string): boolean =>
    leaf === fate || leaf.startsWith(`${fate}.`) || leaf.startsWith(`${fate}[]`);

  it('is acted on, or has no effect and is told, or is refused: one of the three', () => {
    expect(leaves.length).toBeGreaterThan(130);
    // Settings.Shell is acted on where it is a program.
    const twice = ['Settings.Shell'];
    const wrong = leaves
      .map((leaf) => [leaf, fates.filter((fate) => covers(fate, leaf)).length] as const)
      .filter(([leaf, count]) => count !== (twice.includes(leaf) ? 2 : 1));
    expect(wrong).toEqual([]);
  });

  it('is one that the schema knows', () => {
    expect(fates.filter((fate) => !leaves.some((leaf) => covers(fate, leaf)))).toEqual([]);
  });
});

const role = (more: object): Record<string, unknown> => ({ JobSpecs: [{ Type: 'Worker', ...more }] });

describe('what would change the result of a job is refused by its name', () => {
  it.each([
    [{ TemplateId: 'tpl1' }, /^TemplateId: the local DLC keeps no job templates/],
    [{ CredentialConfig: { EnableCredentialInject: true } }, /^CredentialConfig: .* no RAM roles/],
    [{ CredentialConfig: { CredentialConfigItems: [{ Key: '0' }] } }, /^CredentialConfig: /],
    [
      {
        DataSources: [
          { Uri: 'file:///usr', MountPath: '/a' },
          { DataSourceId: 'd', DataSourceVersion: 'v1' },
        ],
      },
      'DataSources[1].DataSourceVersion: a folder of this machine has no versions; leave it out.',
    ],
    [{ CodeSource: { CodeSourceId: 'c', IsSharedMountPath: false } }, /^CodeSource.IsSharedMountPath: /],
    [{ Settings: { DataJuicerConfig: { CommandType: 'config' } } }, /^Settings.DataJuicerConfig: /],
    [{ Settings: { ModelConfig: { ModelName: 'm' } } }, /^Settings.ModelConfig: /],
    [{ Settings: { Shell: '/no/such/zsh' } }, /^Settings.Shell: must be the absolute path of a program/],
    [role({ RestartPolicy: 'OnFailure' }), /^JobSpecs\[0\].RestartPolicy: .* leave it out, or use Never\.$/],
    [role({ ServiceSpec: { DefaultPort: 80 } }), /^JobSpecs\[0\].ServiceSpec: /],
    [role({ StartupDependencies: [{ Type: 'Worker' }] }), /^JobSpecs\[0\].StartupDependencies: /],
    [role({ AutoScalingSpec: { MaxReplicas: 4 } }), /^JobSpecs\[0\].AutoScalingSpec: /],
    [
      role({ ExtraPodSpec: { InitContainers: [{ SecurityContext: { RunAsUser: 0 } }] } }),
      /^JobSpecs\[0\].ExtraPodSpec.InitContainers\[0\].SecurityContext: pods run with the rights of/,
    ],
    [{ SuccessPolicy: 'AnyWorker' }, /^SuccessPolicy: must be one of AllWorkers, ChiefWorker, Partial/],
    [{ SuccessPolicy: 'ChiefWorker' }, 'SuccessPolicy: ChiefWorker is a policy of a TFJob.'],
    [{ SuccessPolicy: 'Partial' }, 'SuccessPolicy: Partial needs a role with ConsiderInSuccessPolicy.'],
    [role({ ConsiderInSuccessPolicy: true }), /^JobSpecs\[0\].ConsiderInSuccessPolicy: counts only with/],
    [
      { JobSpecs: ['Master', 'Worker'].map((Type) => ({ Type, IsChief: true })) },
      'JobSpecs[1].IsChief: only one role can be the chief.',
    ],
    [
      role({ LocalMountSpecs: [{ MountMode: 'Block', MountPath: '/dev/x' }] }),
      /^JobSpecs\[0\].LocalMountSpecs\[0\].MountMode: only Filesystem/,
    ],
    [
      role({ LocalMountSpecs: [{ LocalPath: 'a', MountPath: '/a' }] }),
      /LocalPath: must be an absolute path\.$/,
    ],
    [
      { Envs: { A: '1' }, CustomEnvs: [{ Key: 'A', Value: '2' }] },
      /^CustomEnvs\[0\].Key: the variable A is given twice/,
    ],
    [{ CustomEnvs: [{ Key: 'a-b' }] }, /^CustomEnvs\[0\].Key: must be the name of a variable/],
  ])('%j', async (body, message) => {
    const reply = await client.create(await startQuick(), body);
    expect(reply).toMatchObject({ status: 400, body: { Code: 'InvalidParameter' } });
    expect(reply.body.Message).toMatch(message);
  });

  it('unless it asks for nothing', async () => {
    const dlc = await startQuick();
    const reply = await client.create(dlc, {
      TemplateId: '',
      CredentialConfig: { EnableCredentialInject: false },
      CodeSource: { IsSharedMountPath: true },
      Settings: { DataJuicerConfig: { CommandType: 'shell' }, ModelConfig: null, Shell: '' },
      ...role({ RestartPolicy: 'Never', AutoScalingSpec: {}, ExtraPodSpec: { InitContainers: [] } }),
    });
    expect(reply.status).toBe(200);
  });
});

it('what has no effect here is told by the events of the job', async () => {
  const dlc = await startQuick();
  const jobId = await client.createId(dlc, {
    UserVpc: { VpcId: 'vpc-1', SecurityGroupId: 'sg-1' },
    Settings: { EnableRDMA: true, EnableTideResource: false, Tags: { k: 'v' } },
    JobSpecs: [{ Type: 'Worker' }, { Type: 'Master', SpotSpec: { SpotStrategy: 'SpotWithPriceLimit' } }],
  });
  const path = `/api/v1/jobs/${jobId}/events`;
  const { body } = await client.call(dlc, { action: 'GetJobEvents', path, query: { MaxEventsNum: '100' } });
  expect(body.Events).toContainEqual(
    expect.stringContaining(
      'The local DLC takes these and does not act on them: UserVpc, Settings.EnableRDMA, JobSpecs[1].SpotSpec.',
    ),
  );
});
