import { existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { type LocalDlc, startLocalDlc } from './start';
import * as client from './test-client';
import { isolations, livingWith, optionOf } from './test-isolations';

const quick = { phaseMs: { Creating: 0, Queuing: 0, EnvPreparing: 0 }, stopGraceMs: 500 };
const started: LocalDlc[] = [];

async function start(dataDir = client.newDataDir(), options = {}): Promise<LocalDlc> {
  const dlc = await startLocalDlc({ dataDir, ...quick, ...options });
  started.push(dlc);
  dataDirOf.set(dlc, dataDir);
  return dlc;
}

afterEach(async () => {
  for (const dlc of started.splice(0)) await dlc.close();
});

const dataDirOf = new Map<LocalDlc, string>();

let sleeps = 0;

/** A command that no other test runs. */
function newSleep(): string {
  sleeps += 1;
  return `sleep 61.${process.pid}${sleeps}`;
}

function workFile(dlc: LocalDlc, jobId: string, name: string): string {
  return join(dataDirOf.get(dlc) ?? '', 'jobs', jobId, 'pods', `${jobId}-master-0`, 'work', name);
}

const wait = { timeout: 8_000, interval: 50 };

describe('a job', () => {
  it('runs its command to Succeeded and shows the output', async () => {
    const dlc = await start(client.newDataDir(), {
      phaseMs: { Creating: 50, Queuing: 50, EnvPreparing: 50 },
    });
    const jobId = await client.createId(dlc, { UserCommand: 'echo hello; echo "it\'s \\$1" >&2' });
    expect(jobId).toMatch(/^dlc[a-z0-9]{13}$/);
    await expect.poll(() => client.statusOf(dlc, jobId), wait).toBe('Succeeded');
    const job = await client.read(dlc, jobId);
    expect(job).toMatchObject({
      ReasonCode: 'JobSucceeded',
      ReasonMessage: `PyTorchJob ${jobId} is successfully completed.`,
      Pods: [{ PodId: `${jobId}-master-0`, Type: 'master', Status: 'Succeeded' }],
      WorkspaceId: '1',
      Priority: 1,
    });
    expect((job.StatusHistory as { Status: string }[]).map(({ Status }) => Status)).toEqual([
      'Creating',
      'Queuing',
      'EnvPreparing',
      'Running',
      'Succeeded',
    ]);
    expect(job.GmtFinishTime).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
    expect(job).not.toHaveProperty('GmtFailedTime');
    expect(await client.logsOf(dlc, jobId)).toEqual(['hello', "it's $1"]);
  });

  it('fails with the true exit code and stops its other pods', async () => {
    const dlc = await start();
    const jobId = await client.createId(dlc, {
      JobSpecs: [{ Type: 'Worker', Image: 'img', PodCount: 3 }],
      UserCommand: '[ "$RANK" = 2 ] && exit 3; exec sleep 60',
    });
    await expect.poll(() => client.statusOf(dlc, jobId), wait).toBe('Failed');
    const job = await client.read(dlc, jobId);
    expect(job.ReasonCode).toBe('JobFailed');
    expect(job.ReasonMessage).toContain(`pod ${jobId}-worker-1 exited with code 3`);
    expect((job.Pods as { PodId: string }[]).map(({ PodId }) => PodId)).toEqual(
      ['master-0', 'worker-0', 'worker-1'].map((name) => `${jobId}-${name}`),
    );
  });

  it('fails in EnvPreparing where its image is missing', async () => {
    const dlc = await start();
    const jobId = await client.createId(dlc, { JobSpecs: [{ Type: 'Worker', Image: 'missing:latest' }] });
    await expect.poll(() => client.statusOf(dlc, jobId), wait).toBe('Failed');
    const job = await client.read(dlc, jobId);
    expect(job.ReasonCode).toBe('ImagePullFailed');
    expect(job.ReasonMessage).toContain('missing:latest');
    expect(job).not.toHaveProperty('GmtRunningTime');
  });

  it('ends at its JobMaxRunningTimeMinutes', async () => {
    let ahead = 0;
    const dlc = await start(client.newDataDir(), { clock: () => Date.now() + ahead });
    const jobId = await client.createId(dlc, { UserCommand: 'exec sleep 60', JobMaxRunningTimeMinutes: 2 });
    await expect.poll(() => client.statusOf(dlc, jobId), wait).toBe('Running');
    ahead = 2 * 60_000;
    await expect.poll(() => client.statusOf(dlc, jobId), wait).toBe('Stopped');
    expect((await client.read(dlc, jobId)).ReasonCode).toBe('JobMaxRunningTimeExceeded');
  });

  it('sees the allow-list and its Envs, not what else the server has', async () => {
    vi.stubEnv('LOCAL_DLC_TEST_SECRET', 'hidden');
    const dlc = await start();
    const jobId = await client.createId(dlc, {
      Envs: { MINE: "a'b\n$(c)", PATH: '/nowhere', OPTIND: 'abc', SHELLOPTS: 'noexec', IFS: 'o' },
      UserCommand: '/usr/bin/env; exit 4',
    });
    await expect.poll(() => client.statusOf(dlc, jobId), wait).toBe('Failed');
    expect((await client.read(dlc, jobId)).ReasonMessage).toContain('exited with code 4');
    const lines = await client.logsOf(dlc, jobId);
    expect(lines).toContain("MINE=a'b");
    expect(lines).toContain('PATH=/nowhere');
    expect(lines).toContain('WORLD_SIZE=1');
    expect(String(lines)).not.toContain('LOCAL_DLC_TEST_SECRET');
    vi.unstubAllEnvs();
  });

  it.each(isolations)('does not survive its own command: what is left running ends (%s)', async (kind) => {
    const dlc = await start(client.newDataDir(), optionOf(kind));
    const [outside, inside] = [newSleep(), newSleep()];
    const jobId = await client.createId(dlc, {
      UserCommand: `setsid ${outside} & ${inside} & until [ -e go ]; do sleep 0.1; done; exit 0`,
    });
    await expect.poll(() => [livingWith(outside).length, livingWith(inside).length], wait).toEqual([1, 1]);
    writeFileSync(workFile(dlc, jobId, 'go'), '');
    await expect.poll(() => client.statusOf(dlc, jobId), wait).toBe('Succeeded');
    await expect.poll(() => [...livingWith(outside), ...livingWith(inside)], wait).toEqual([]);
  });
});

describe('GetPodLogs', () => {
  it('keeps its answer below 6 MiB as JSON: the oldest lines give way, and it says so', async () => {
    const dlc = await start();
    const jobId = await client.createId(dlc, {
      UserCommand:
        "line=$(head -c 3900 /dev/zero | tr '\\0' '\\377'); i=0; while [ $i -lt 2050 ]; do echo \"$line\"; i=$((i+1)); done; echo last",
      Envs: { LC_ALL: 'C' },
    });
    await expect.poll(() => client.statusOf(dlc, jobId), wait).toBe('Succeeded');
    const lines = (await client.logsOf(dlc, jobId)) as string[];
    expect(Buffer.byteLength(JSON.stringify(lines))).toBeLessThan(6 * 1024 * 1024);
    expect(lines[0]).toMatch(/^\[\d+ earlier lines are left out: /);
    expect(lines[1]).toBe('\uFFFD'.repeat(3900));
    expect(lines.at(-1)).toBe('last');
  });
});

describe('a signature', () => {
  it('lives as long as it is told to', async () => {
    const date = `${new Date(Date.now() - 120_000).toISOString().slice(0, 19)}Z`;
    const patient = await start();
    expect((await client.call(patient, { action: 'ListJobs', date })).status).toBe(200);
    const hasty = await start(client.newDataDir(), { signatureLifeMs: 60_000 });
    expect((await client.call(hasty, { action: 'ListJobs', date })).status).toBe(400);
  });
});

describe('StopJob and DeleteJob', () => {
  it.each(isolations)(
    'end all of a pod, what ignores SIGTERM and what left its group too (%s)',
    async (kind) => {
      const dlc = await start(client.newDataDir(), optionOf(kind));
      const sleeps = [newSleep(), newSleep(), newSleep()] as const;
      const jobId = await client.createId(dlc, {
        UserCommand: `(trap '' TERM; ${sleeps[0]}) & timeout 64 ${sleeps[1]} & ${sleeps[2]} & wait; wait`,
      });
      const living = (): boolean[] => sleeps.map((sleep) => livingWith(sleep).length > 0);
      await expect.poll(living, wait).toEqual([true, true, true]);
      expect((await client.remove(dlc, jobId)).body.Code).toBe('BadRequest');
      expect((await client.stop(dlc, jobId)).body.JobId).toBe(jobId);
      await expect.poll(() => client.statusOf(dlc, jobId), wait).toBe('Stopped');
      await expect.poll(living, wait).toEqual([false, false, false]);
      expect(await client.read(dlc, jobId)).toMatchObject({ ReasonCode: 'JobStoppedByUser' });

      expect(await client.stop(dlc, jobId)).toMatchObject({ status: 400, body: { Code: 'BadRequest' } });
      expect((await client.remove(dlc, jobId)).status).toBe(200);
      expect(await client.remove(dlc, jobId)).toMatchObject({ status: 404, body: { Code: 'NotFound' } });
      expect((await client.list(dlc)).body.TotalCount).toBe(0);
    },
  );

  it('end a job that has not begun, without running it', async () => {
    const dataDir = client.newDataDir();
    const dlc = await start(dataDir, { phaseMs: { Queuing: 60_000, Creating: 0 } });
    const jobId = await client.createId(dlc, { UserCommand: 'touch ran' });
    await expect.poll(() => client.statusOf(dlc, jobId), wait).toBe('Queuing');
    await client.stop(dlc, jobId);
    await expect.poll(() => client.statusOf(dlc, jobId), wait).toBe('Stopped');
    expect((await client.read(dlc, jobId)).Pods).toEqual([]);
    expect(existsSync(join(dataDir, 'jobs', jobId, 'pods', `${jobId}-master-0`))).toBe(false);
  });
});

describe('a restart', () => {
  it.each(isolations)('adopts a running pod, which ran once, and finishes the job (%s)', async (kind) => {
    const dataDir = client.newDataDir();
    const first = await start(dataDir, optionOf(kind));
    const jobId = await client.createId(first, {
      UserCommand: 'echo begun; until [ -e go ]; do sleep 0.1; done; echo over; exit 7',
    });
    await expect.poll(() => client.logsOf(first, jobId), wait).toEqual(['begun']);
    await first.close();
    const second = await start(dataDir);
    expect(second.accessKeySecret).toBe(first.accessKeySecret);
    expect(second.userId).toBe(first.userId);
    expect(first.isolation).toBe(kind);
    expect(await client.statusOf(second, jobId)).toBe('Running');
    writeFileSync(join(dataDir, 'jobs', jobId, 'pods', `${jobId}-master-0`, 'work', 'go'), '');
    await expect.poll(() => client.statusOf(second, jobId), wait).toBe('Failed');
    expect((await client.read(second, jobId)).ReasonMessage).toContain('exited with code 7');
    expect(await client.logsOf(second, jobId)).toEqual(['begun', 'over']);
  });

  it.each(isolations)('stops an adopted pod, which has its grace (%s)', async (kind) => {
    const dataDir = client.newDataDir();
    const options = { ...optionOf(kind), stopGraceMs: 60_000 };
    const first = await start(dataDir, options);
    const sleep = newSleep();
    const jobId = await client.createId(first, {
      UserCommand: `trap 'sleep 0.5; echo saved; kill $!; exit 0' TERM; ${sleep} & echo begun; wait`,
    });
    await expect.poll(() => client.logsOf(first, jobId), wait).toEqual(['begun']);
    await first.close();
    const second = await start(dataDir, options);
    await client.stop(second, jobId);
    await expect.poll(() => client.statusOf(second, jobId), wait).toBe('Stopped');
    expect(livingWith(sleep)).toEqual([]);
    expect(await client.logsOf(second, jobId)).toContain('saved');
  });

  it('says so where a wrapper was killed and left no exit code', async () => {
    const dataDir = client.newDataDir();
    const first = await start(dataDir);
    const jobId = await client.createId(first, { UserCommand: 'echo begun; exec sleep 67' });
    await expect.poll(() => client.logsOf(first, jobId), wait).toEqual(['begun']);
    await first.close();
    const claim = readFileSync(join(dataDir, 'jobs', jobId, 'pods', `${jobId}-master-0`, 'claim'), 'utf8');
    process.kill(-Number(claim.split('\n')[0]), 'SIGKILL');
    const second = await start(dataDir);
    await expect.poll(() => client.statusOf(second, jobId), wait).toBe('Failed');
    expect((await client.read(second, jobId)).ReasonMessage).toContain('left no exit code');
  });

  it('goes on with a job that had not begun, and takes no nonce twice', async () => {
    const dataDir = client.newDataDir();
    const first = await start(dataDir, { phaseMs: { Creating: 60_000 } });
    const jobId = await client.createId(first, { UserCommand: 'echo once' });
    const request = client.signRequest(first, new URL(first.endpoint).host, { action: 'ListJobs' });
    expect((await client.send(client.portOf(first), request)).status).toBe(200);
    await first.close();
    const second = await start(dataDir, { port: client.portOf(first) });
    const again = await client.send(client.portOf(second), request);
    expect(again).toMatchObject({ status: 400, body: { Code: 'SignatureNonceUsed' } });
    await expect.poll(() => client.statusOf(second, jobId), wait).toBe('Succeeded');
    expect(await client.logsOf(second, jobId)).toEqual(['once']);
  });
});

describe('the data directory', () => {
  it('that cannot be written to makes a 500, and the server goes on', async () => {
    const dataDir = client.newDataDir();
    const said: string[] = [];
    const dlc = await start(dataDir, { log: (line: string) => said.push(line) });
    rmSync(join(dataDir, 'drafts'), { recursive: true });
    writeFileSync(join(dataDir, 'drafts'), '');
    expect(await client.create(dlc)).toMatchObject({ status: 500, body: { Code: 'InternalError' } });
    expect(said).toHaveLength(1);
    expect((await client.list(dlc)).body.TotalCount).toBe(0);
  });

  it('is private, and so is the key in it', async () => {
    const dataDir = join(client.newDataDir(), 'deep');
    await start(dataDir);
    expect(statSync(dataDir).mode & 0o777).toBe(0o700);
    expect(statSync(join(dataDir, 'access-key.json')).mode & 0o777).toBe(0o600);
  });

  it('has one owner', async () => {
    const dataDir = client.newDataDir();
    const dlc = await start(dataDir);
    await expect(startLocalDlc({ dataDir })).rejects.toThrow(
      `The local DLC's data directory ${dataDir} is in use by process ${process.pid} (port ${client.portOf(dlc)}).`,
    );
    await dlc.close();
    await start(dataDir);
  });

  it('is taken over from an owner that is gone', async () => {
    const dataDir = client.newDataDir();
    writeFileSync(
      join(dataDir, 'lock.json'),
      JSON.stringify({ pid: process.pid, born: 'another time', port: 1, token: 'x' }),
    );
    await expect(start(dataDir)).resolves.toBeDefined();
  });
});
