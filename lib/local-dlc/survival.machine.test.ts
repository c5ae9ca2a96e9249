import { existsSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { type LocalDlc, startLocalDlc } from './start';
import * as client from './test-client';

vi.setConfig({ testTimeout: 40_000 });
const wait = { timeout: 30_000, interval: 50 };
const quick = { phaseMs: { Creating: 0, Queuing: 0, EnvPreparing: 0 }, stopGraceMs: 500 };
const started: LocalDlc[] = [];

async function start(dataDir: string, options = {}): Promise<LocalDlc> {
  const dlc = await startLocalDlc({ dataDir, ...quick, ...options });
  started.push(dlc);
  return dlc;
}

afterEach(async () => {
  for (const dlc of started.splice(0)) await dlc.close();
});

describe('a job that ended while no server ran', () => {
  it('has its exit code, and the times at which it began and ended', async () => {
    const dataDir = client.newDataDir();
    const first = await start(dataDir);
    const jobId = await client.createId(first, {
      UserCommand: 'until [ -e go ]; do sleep 0.05; done; exit 5',
    });
    await expect.poll(() => client.statusOf(first, jobId), wait).toBe('Running');
    await first.close();
    const pod = join(dataDir, 'jobs', jobId, 'pods', `${jobId}-master-0`);
    writeFileSync(join(pod, 'work', 'go'), '');
    await expect.poll(() => existsSync(join(pod, 'exit')), wait).toBe(true);
    const endedAt = statSync(join(pod, 'exit')).mtimeMs;
    // Long after, by the clock of the server that comes back.
    const second = await start(dataDir, { clock: () => Date.now() + 600_000 });
    const date = `${new Date(Date.now() + 600_000).toISOString().slice(0, 19)}Z`;
    const read = async () =>
      (await client.call(second, { action: 'GetJob', path: `/api/v1/jobs/${jobId}`, date })).body;
    await expect.poll(async () => (await read()).Status, wait).toBe('Failed');
    const job = await read();
    expect(job.ReasonMessage).toContain('exited with code 5');
    const seconds = `${new Date(endedAt).toISOString().slice(0, 19)}Z`;
    expect(job).toMatchObject({ GmtFinishTime: seconds, GmtFailedTime: seconds });
    expect(job.Pods).toMatchObject([{ GmtFinishTime: seconds }]);
    expect(job.Duration).toBeLessThan(60);
  });
});

describe('a damaged record', () => {
  it('is told of at the start and where it is asked for; the others go on', async () => {
    const dataDir = client.newDataDir();
    const first = await start(dataDir);
    const [whole, broken] = [await client.createId(first), await client.createId(first)];
    for (const jobId of [whole, broken])
      await expect.poll(() => client.statusOf(first, jobId), wait).toBe('Succeeded');
    await first.close();
    const path = join(dataDir, 'jobs', broken, 'job.json');
    writeFileSync(path, '{"jobId":');
    const said: string[] = [];
    const second = await start(dataDir, { log: (line: string) => said.push(line) });
    expect(said).toEqual([
      `The local DLC cannot read ${path}: the job in it is damaged and is not looked after.`,
    ]);
    const { status, body } = await client.call(second, { action: 'GetJob', path: `/api/v1/jobs/${broken}` });
    expect({ status, code: body.Code }).toEqual({ status: 500, code: 'InternalError' });
    expect(body.Message).toBe(`The record of job ${broken} is damaged: ${path} cannot be read.`);
    expect((await client.list(second)).body).toMatchObject({ TotalCount: 1, Jobs: [{ JobId: whole }] });
    const next = await client.createId(second);
    await expect.poll(() => client.statusOf(second, next), wait).toBe('Succeeded');
  });
});

describe('a hundred pods', () => {
  it('run at once', async () => {
    const dlc = await start(client.newDataDir(), {
      capacity: { cpu: 100, memoryGiB: 100 },
      isolation: 'none',
    });
    const here = join(client.newDataDir(), 'here');
    mkdirSync(here);
    // Every pod waits for the last one to be there.
    const jobId = await client.createId(dlc, {
      JobSpecs: [{ Type: 'Worker', PodCount: 100 }],
      UserCommand: `: > '${here}/'$RANK; until [ -e '${here}/all' ]; do sleep 0.5; done`,
    });
    await expect
      .poll(() => Array.from({ length: 100 }, (_, rank) => existsSync(join(here, String(rank)))), wait)
      .toEqual(Array.from({ length: 100 }, () => true));
    const { Pods } = await client.read(dlc, jobId);
    expect((Pods as { Status: string }[]).filter(({ Status }) => Status === 'Failed')).toEqual([]);
    const asked = performance.now();
    await client.list(dlc);
    expect(performance.now() - asked, 'ms for ListJobs meanwhile').toBeLessThan(1_000);
    writeFileSync(join(here, 'all'), '');
    await expect.poll(() => client.statusOf(dlc, jobId), wait).toBe('Succeeded');
  });
});
