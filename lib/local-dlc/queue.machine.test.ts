import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { type LocalDlc, startLocalDlc } from './start';
import * as client from './test-client';

const quick = { phaseMs: { Creating: 0, Queuing: 0, EnvPreparing: 0 }, stopGraceMs: 200 };
const capacity = { cpu: 2, memoryGiB: 8, gpu: 0 };
const started: LocalDlc[] = [];

async function start(options = {}, dataDir = client.newDataDir()): Promise<LocalDlc> {
  const dlc = await startLocalDlc({ dataDir, ...quick, capacity, ...options });
  started.push(dlc);
  return dlc;
}

afterEach(async () => {
  for (const dlc of started.splice(0)) {
    for (const job of ((await client.list(dlc, { PageSize: '100' })).body.Jobs ?? []) as { JobId: string }[])
      await client.stop(dlc, job.JobId);
    await expect.poll(() => active(dlc), { timeout: 8_000 }).toEqual([]);
    await dlc.close();
  }
});

async function active(dlc: LocalDlc): Promise<unknown[]> {
  const jobs = (await client.list(dlc, { PageSize: '100' })).body.Jobs as { Status: string }[];
  return jobs.filter(({ Status }) => !['Succeeded', 'Failed', 'Stopped'].includes(Status));
}

vi.setConfig({ testTimeout: 30_000 });
const wait = { timeout: 8_000, interval: 50 };
const cores = (CPU: string): Record<string, unknown> => ({
  JobSpecs: [{ Type: 'Worker', ResourceConfig: { CPU, Memory: '1Gi' } }],
});
const blocking = { UserCommand: 'exec sleep 60' };

function reach(dlc: LocalDlc, jobId: string, status: string): Promise<void> {
  return expect.poll(() => client.statusOf(dlc, jobId), wait).toBe(status);
}

async function reasonOf(dlc: LocalDlc, jobId: string): Promise<unknown> {
  return (await client.read(dlc, jobId)).ReasonMessage;
}

describe('the queue', () => {
  it('holds back what does not fit, says why, and lets it go when room is made', async () => {
    const dlc = await start();
    const first = await client.createId(dlc, { ...cores('1.5'), ...blocking });
    await reach(dlc, first, 'Running');
    const second = await client.createId(dlc, cores('1'));
    const third = await client.createId(dlc, cores('0.1'));
    await expect
      .poll(() => reasonOf(dlc, second), wait)
      .toBe(
        'The job waits for 1 CPU, 1 GiB of memory and 0 GPU; 0.5 CPU, 7 GiB of memory and 0 GPU are free.',
      );
    // The third would fit, but nobody overtakes in a line.
    await expect.poll(() => reasonOf(dlc, third), wait).toMatch(/are free\. 1 job is ahead of it\.$/);
    expect(await client.read(dlc, third)).toMatchObject({
      Status: 'Queuing',
      ReasonCode: 'WaitingForResources',
    });
    expect((await client.list(dlc, { JobId: third })).body.Jobs).toMatchObject([
      { ReasonCode: 'WaitingForResources' },
    ]);
    await client.stop(dlc, first);
    await reach(dlc, second, 'Succeeded');
    await reach(dlc, third, 'Succeeded');
    expect(await reasonOf(dlc, second)).toContain('successfully completed');
  });

  it('goes by Priority, then by age, and UpdateJob moves a job that waits', async () => {
    // The jobs write down their order in one file outside of their own folders.
    const dlc = await start({ isolation: 'none' });
    const first = await client.createId(dlc, { ...cores('2'), ...blocking });
    await reach(dlc, first, 'Running');
    const order = join(client.newDataDir(), 'order');
    const ids: string[] = [];
    for (const [name, Priority] of [
      ['low', 1],
      ['high', 5],
      ['also high', 5],
      ['raised', 1],
    ] as const)
      ids.push(
        await client.createId(dlc, { ...cores('2'), Priority, UserCommand: `echo ${name} >> ${order}` }),
      );
    for (const jobId of ids) await reach(dlc, jobId, 'Queuing');
    const raised = ids.at(-1) ?? '';
    expect((await client.update(dlc, raised, { Priority: 9 })).body.JobId).toBe(raised);
    expect(await client.read(dlc, raised)).toMatchObject({ Priority: 9 });
    await client.stop(dlc, first);
    for (const jobId of ids) await reach(dlc, jobId, 'Succeeded');
    expect(readFileSync(order, 'utf8')).toBe('raised\nhigh\nalso high\nlow\n');
  });

  it('has a line for each quota: one that waits does not hold back another', async () => {
    const dlc = await start();
    const first = await client.createId(dlc, { ...cores('1.5'), ...blocking });
    await reach(dlc, first, 'Running');
    const big = await client.createId(dlc, { ...cores('2'), ResourceId: 'quota1' });
    await reach(dlc, big, 'Queuing');
    const other = await client.createId(dlc, { ...cores('0.5'), ResourceId: 'quota2' });
    await reach(dlc, other, 'Succeeded');
    expect(await client.statusOf(dlc, big)).toBe('Queuing');
  });

  it('fails at once what could never fit, with the amounts', async () => {
    const dlc = await start();
    const jobId = await client.createId(dlc, {
      JobSpecs: [{ Type: 'Worker', PodCount: 3, ResourceConfig: { CPU: '126', Memory: '960Gi', GPU: '8' } }],
    });
    await reach(dlc, jobId, 'Failed');
    expect(await client.read(dlc, jobId)).toMatchObject({
      ReasonCode: 'ResourceAllocateFailed',
      ReasonMessage:
        'The job needs 378 CPU, 2880 GiB of memory and 24 GPU, and the local DLC has 2 CPU, 8 GiB of memory and 0 GPU in all: ask for less, or start it with more.',
    });
  });

  it('counts what was running before a restart', async () => {
    const dataDir = client.newDataDir();
    const before = await start({}, dataDir);
    const first = await client.createId(before, { ...cores('2'), ...blocking });
    const second = await client.createId(before, cores('1'));
    await reach(before, first, 'Running');
    await reach(before, second, 'Queuing');
    await started.pop()?.close();
    const dlc = await start({}, dataDir);
    await expect
      .poll(() => reasonOf(dlc, second), wait)
      .toContain('0 CPU, 7 GiB of memory and 0 GPU are free');
    await client.stop(dlc, first);
    await reach(dlc, second, 'Succeeded');
  });
});

describe('UpdateJob', () => {
  it('takes a Priority for a running job and changes nothing', async () => {
    const dlc = await start();
    const jobId = await client.createId(dlc, blocking);
    await reach(dlc, jobId, 'Running');
    expect((await client.update(dlc, jobId, { Priority: 9 })).status).toBe(200);
    expect(await client.read(dlc, jobId)).toMatchObject({ Priority: 1 });
  });

  it('opens a job to its workspace and describes it, whatever its status', async () => {
    const dlc = await start();
    const jobId = await client.createId(dlc);
    await reach(dlc, jobId, 'Succeeded');
    await client.update(dlc, jobId, { Accessibility: 'PUBLIC', Description: 'the good one' });
    expect(await client.read(dlc, jobId)).toMatchObject({
      Accessibility: 'PUBLIC',
      Description: 'the good one',
    });
  });

  it.each([
    [{ Priority: 10 }, 'InvalidParameter', 'Priority: must be between 1 and 9.'],
    [{ Accessibility: 'PRIVATE' }, 'InvalidParameter', 'Accessibility: can only be changed to PUBLIC.'],
    [{ JobSpecs: [] }, 'BadRequest', 'JobSpecs: cannot be changed: the local DLC does not scale jobs.'],
  ])('refuses %o', async (changes, code, message) => {
    const dlc = await start({ phaseMs: { Creating: 60_000 } });
    const jobId = await client.createId(dlc);
    expect(await client.update(dlc, jobId, changes)).toMatchObject({
      status: 400,
      body: { Code: code, Message: message },
    });
  });

  it('knows no job that is not there', async () => {
    const dlc = await start();
    expect(await client.update(dlc, 'dlcnone', { Priority: 2 })).toMatchObject({ status: 404 });
  });
});

describe('ListEcsSpecs', () => {
  const list = (dlc: LocalDlc, query: Record<string, string>) =>
    client.call(dlc, { action: 'ListEcsSpecs', path: '/api/v1/ecsspecs', query });
  const namesOf = (reply: client.Reply): string[] =>
    (reply.body.EcsSpecs as { InstanceType: string }[]).map(({ InstanceType }) => InstanceType);

  it('tells which types the machine can hold', async () => {
    const dlc = await start();
    const reply = await list(dlc, { InstanceTypes: 'ecs.local.large,ecs.local.xlarge' });
    expect(reply.body).toMatchObject({
      TotalCount: 2,
      EcsSpecs: [
        {
          InstanceType: 'ecs.local.large',
          Cpu: 2,
          Memory: 4,
          IsAvailable: true,
          SpotStockStatus: 'WithStock',
        },
        { InstanceType: 'ecs.local.xlarge', Cpu: 4, IsAvailable: false, SpotStockStatus: 'NoStock' },
      ],
    });
  });

  it('filters and pages', async () => {
    const dlc = await start();
    expect(namesOf(await list(dlc, { AcceleratorType: 'GPU' }))).toEqual([
      'ecs.local.gpu.large',
      'ecs.local.gpu.2xlarge',
      'ecs.local.gpu.8xlarge',
    ]);
    expect(namesOf(await list(dlc, { PageSize: '2', PageNumber: '2' }))).toEqual([
      'ecs.local.large',
      'ecs.local.xlarge',
    ]);
    expect((await list(dlc, { ResourceType: 'Lingjun' })).body.TotalCount).toBe(0);
    expect(await list(dlc, { SortBy: 'CPU' })).toMatchObject({ status: 400, body: { Code: 'BadRequest' } });
  });
});
