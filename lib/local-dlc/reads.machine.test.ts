import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { type LocalDlc, startLocalDlc } from './start';
import * as client from './test-client';

const quick = { phaseMs: { Creating: 0, Queuing: 0, EnvPreparing: 0 }, stopGraceMs: 200 };
const started: { dlc: LocalDlc; dataDir: string }[] = [];

async function start(options = {}): Promise<LocalDlc> {
  const dataDir = client.newDataDir();
  const dlc = await startLocalDlc({ dataDir, ...quick, ...options });
  started.push({ dlc, dataDir });
  return dlc;
}

afterEach(async () => {
  for (const { dlc } of started.splice(0)) await dlc.close();
});

vi.setConfig({ testTimeout: 60_000 });
const wait = { timeout: 25_000, interval: 100 };
const second = (at: number): string => `${new Date(at).toISOString().slice(0, 19)}Z`;

function reach(dlc: LocalDlc, jobId: string, status: string): Promise<void> {
  return expect.poll(() => client.statusOf(dlc, jobId), wait).toBe(status);
}

async function ask(dlc: LocalDlc, action: string, path: string, query: Record<string, string> = {}) {
  return (await client.call(dlc, { action, path: `/api/v1/jobs/${path}`, query })).body;
}

/** Lets the command of a running pod go on, see its `until`. */
function letGo(jobId: string, name: string): void {
  const { dataDir } = started.at(-1) ?? { dataDir: '' };
  writeFileSync(join(dataDir, 'jobs', jobId, 'pods', `${jobId}-master-0`, 'work', name), '');
}

describe('GetPodLogs', () => {
  it('chooses by StartTime and EndTime what the output held then', async () => {
    const dlc = await start();
    const jobId = await client.createId(dlc, {
      UserCommand:
        'echo early; until [ -e go ]; do sleep 0.05; done; echo late; until [ -e end ]; do sleep 0.05; done',
    });
    const logs = async (query: Record<string, string>) =>
      (await ask(dlc, 'GetPodLogs', `${jobId}/pods/${jobId}-master-0/logs`, query)).Logs;
    await expect.poll(() => logs({}), wait).toEqual(['early']);
    // The server writes down each second how far an output has grown, and times count by the second.
    const seen = Date.now();
    await expect.poll(() => Date.now() - seen, wait).toBeGreaterThan(2_200);
    const between = Date.now();
    await expect.poll(() => Date.now() - between, wait).toBeGreaterThan(1_200);
    letGo(jobId, 'go');
    await expect.poll(() => logs({ StartTime: second(between) }), wait).toEqual(['late']);
    await expect.poll(() => logs({ EndTime: second(between - 1_000) }), wait).toEqual(['early']);
    expect(await logs({})).toEqual(['early', 'late']);
    expect(await logs({ MaxLines: '1' })).toEqual(['late']);
    letGo(jobId, 'end');
    await reach(dlc, jobId, 'Succeeded');
    expect(await logs({ StartTime: second(between) })).toEqual(['late']);
    expect(await logs({ StartTime: second(Date.now() + 60_000) })).toEqual([]);
  });

  it('states what was cut of an output that grew beyond its limit, and cuts its times along', async () => {
    const dlc = await start({ logCap: { maxBytes: 20_000, keepBytes: 1_000 } });
    const jobId = await client.createId(dlc, {
      UserCommand: 'seq 10000; until [ -e go ]; do sleep 0.05; done; seq 10000',
    });
    const logs = async (query = {}): Promise<string[]> =>
      (await ask(dlc, 'GetPodLogs', `${jobId}/pods/${jobId}-master-0/logs`, query)).Logs as string[];
    const cut = /^\[The first part of this output was cut: (\d+) bytes\.\]$/;
    await expect.poll(async () => (await logs())[0], wait).toMatch(cut);
    const kept = await logs({ StartTime: second(Date.now() - 60_000) });
    expect(kept.at(-1)).toBe('10000');
    const once = Number(cut.exec(kept[0] ?? '')?.[1]);
    expect(once + kept.slice(1).join('\n').length + 1).toBe(48_894);
    letGo(jobId, 'go');
    await expect.poll(async () => Number(cut.exec((await logs())[0] ?? '')?.[1]) > once, wait).toBe(true);
    const again = await logs();
    expect(Number(cut.exec(again[0] ?? '')?.[1]) + again.slice(1).join('\n').length + 1).toBe(2 * 48_894);
  });
});

describe('events', () => {
  it('tell what happened to a job and to each pod, in order, with the times it happened', async () => {
    const dlc = await start();
    const jobId = await client.createId(dlc, { UserCommand: 'exit 3', Priority: 4 });
    await reach(dlc, jobId, 'Failed');
    const master = `${jobId}-master-0`;
    const { Events, JobId } = await ask(dlc, 'GetJobEvents', `${jobId}/events`);
    expect(JobId).toBe(jobId);
    const lines = Events as string[];
    expect(lines.every((line) => /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d /.test(line))).toBe(true);
    expect(lines.map((line) => line.slice(20))).toEqual([
      `Job ${jobId} is accepted.`,
      `Job ${jobId} is in the queue with Priority 4.`,
      `Job ${jobId} is EnvPreparing.`,
      `Created pod: ${master}`,
      `Pod ${master} is assigned to localhost: 0.1 CPU, 0.125 GiB of memory and 0 GPU.`,
      `Job ${jobId} is Running.`,
      `Started pod: ${master}`,
      `Pod ${master} failed: it exited with code 3.`,
      `Job ${jobId} is Failed: PyTorchJob ${jobId} is failed: pod ${master} exited with code 3.`,
    ]);
    const pod = await ask(dlc, 'GetPodEvents', `${jobId}/pods/${master}/events`, { MaxEventsNum: '2' });
    expect((pod.Events as string[]).map((line) => line.slice(20))).toEqual([
      `Started pod: ${master}`,
      `Pod ${master} failed: it exited with code 3.`,
    ]);
    expect(pod).toMatchObject({
      JobId: jobId,
      PodId: master,
      PodUid: expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
    const later = second(Date.now() + 60_000);
    expect((await ask(dlc, 'GetJobEvents', `${jobId}/events`, { StartTime: later })).Events).toEqual([]);
    expect((await ask(dlc, 'GetJobEvents', `${jobId}/events`, { MaxEventsNum: '0' })).Code).toBe(
      'InvalidParameter',
    );
  });

  it('tell of a changed Priority and of a stop', async () => {
    const dlc = await start({ phaseMs: { Queuing: 60_000 } });
    const jobId = await client.createId(dlc);
    await client.update(dlc, jobId, { Priority: 7 });
    await client.stop(dlc, jobId);
    await reach(dlc, jobId, 'Stopped');
    const { Events } = await ask(dlc, 'GetJobEvents', `${jobId}/events`);
    const lines = (Events as string[]).map((line) => line.slice(20));
    expect(lines).toContain('Priority changed from 1 to 7.');
    expect(lines).toContain(`Job ${jobId} is Stopping: Job is stopped by user.`);
    expect(lines.join()).not.toContain('Created pod');
  });
});

describe('GetJobMetrics', () => {
  const points = async (dlc: LocalDlc, jobId: string, query: Record<string, string>) => {
    const { PodMetrics } = await ask(dlc, 'GetJobMetrics', `${jobId}/metrics`, { TimeStep: '1s', ...query });
    const [pod] = PodMetrics as { PodId: string; Metrics: { Time: number; Value: number }[] }[];
    expect(pod?.PodId).toBe(`${jobId}-master-0`);
    return pod?.Metrics ?? [];
  };

  it('tells the true processor time and memory of all processes of a pod', async () => {
    const dlc = await start({ meterEveryMs: 500 });
    const node = `'${process.execPath}'`;
    const script = 'const kept = Buffer.alloc(200e6, 1); for (;;) kept[0]++';
    const jobId = await client.createId(dlc, { UserCommand: `setsid ${node} -e '${script}' & wait` });
    const idle = await client.createId(dlc, { UserCommand: 'exec sleep 60' });
    await expect
      .poll(async () => (await points(dlc, jobId, { MetricType: 'MemoryUsage' })).at(-1)?.Value, wait)
      .toBeGreaterThan(200e6);
    await expect
      .poll(async () => (await points(dlc, jobId, { MetricType: 'CpuCoreUsage' })).length, wait)
      .toBeGreaterThan(2);
    const cores = await points(dlc, jobId, { MetricType: 'CpuCoreUsage' });
    // One busy process is at most one core, and at least a part of it on a machine that does other things too.
    expect(cores.at(-1)?.Value).toBeGreaterThan(0.02);
    expect(cores.at(-1)?.Value).toBeLessThan(1.3);
    expect(Math.abs(Date.now() - (cores.at(-1)?.Time ?? 0))).toBeLessThan(10_000);
    // The first point holds what it took to begin.
    const rest = () => points(dlc, idle, { MetricType: 'CpuCoreUsage' });
    await expect.poll(async () => (await rest()).length, wait).toBeGreaterThan(2);
    expect((await rest()).at(-1)?.Value).toBeLessThan(0.02);
    expect(await points(dlc, jobId, { MetricType: 'GpuCoreUsage' })).toEqual([]);
    const coarse = await points(dlc, jobId, { MetricType: 'MemoryUsage', TimeStep: '1d' });
    expect(coarse.length).toBeLessThan(3);
    await client.stop(dlc, jobId);
    await client.stop(dlc, idle);
    await reach(dlc, jobId, 'Stopped');
    expect((await points(dlc, jobId, { MetricType: 'MemoryUsage' })).length).toBeGreaterThan(2);
  });

  it.each([
    [{}, 'MissingMetricType'],
    [{ MetricType: 'constructor' }, 'InvalidParameter'],
    [{ MetricType: 'MemoryUsage', TimeStep: '5 minutes' }, 'InvalidParameter'],
    [{ MetricType: 'MemoryUsage', TimeStep: '1s', StartTime: '2020-01-01T00:00:00Z' }, 'InvalidParameter'],
  ])('refuses %o', async (query, code) => {
    const dlc = await start();
    const jobId = await client.createId(dlc);
    expect((await ask(dlc, 'GetJobMetrics', `${jobId}/metrics`, query)).Code).toBe(code);
    await reach(dlc, jobId, 'Succeeded');
  });
});

describe('GetJob', () => {
  it('leaves the lists out where NeedDetail is false', async () => {
    const dlc = await start();
    const jobId = await client.createId(dlc);
    await reach(dlc, jobId, 'Succeeded');
    const job = await ask(dlc, 'GetJob', jobId, { NeedDetail: 'false' });
    expect(job).toMatchObject({ JobId: jobId, Status: 'Succeeded' });
    for (const name of ['Pods', 'JobSpecs', 'StatusHistory']) expect(job).not.toHaveProperty(name);
    expect(await ask(dlc, 'GetJob', jobId)).toMatchObject({
      JobReplicaStatuses: [{ Type: 'master', Active: 0, Queuing: 0, Dequeued: 1 }],
    });
  });
});
