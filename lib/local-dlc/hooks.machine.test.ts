import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import type { LocalDlc } from './start';
import * as client from './test-client';
import { isolations, optionOf } from './test-isolations';
import { startServerProcess } from './test-server';
import { startQuick } from './test-start';

vi.setConfig({ testTimeout: 30_000 });
const wait = { timeout: 15_000, interval: 50 };

const sh = (script: string): object => ({ Exec: { Command: ['/bin/sh', '-c', script] } });

function create(
  dlc: client.Server,
  UserCommand: string,
  Lifecycle: object,
  more: object = {},
): Promise<string> {
  return client.createId(dlc, {
    UserCommand,
    JobSpecs: [{ Type: 'Worker', ExtraPodSpec: { Lifecycle } }],
    ...more,
  });
}

function reach(dlc: client.Server, jobId: string, status: string): Promise<void> {
  return expect.poll(() => client.statusOf(dlc, jobId), wait).toBe(status);
}

describe.each(isolations)('the hooks of a pod, isolation %s,', (kind) => {
  const start = (more = {}): Promise<LocalDlc> => startQuick({ ...optionOf(kind), ...more });
  const workOf = (dataDir: string, jobId: string): string =>
    join(dataDir, 'jobs', jobId, 'pods', `${jobId}-master-0`, 'work');

  it('PostStart runs beside the command, with its variables; PreStop not where the command ends by itself', async () => {
    const dlc = await start();
    const jobId = await create(
      dlc,
      'until [ -e hooked ]; do sleep 0.05; done; cat hooked; exit 0',
      { PostStart: sh('echo "by $WHO" > hooked'), PreStop: sh('echo never') },
      { Envs: { WHO: "a hook's" } },
    );
    await reach(dlc, jobId, 'Succeeded');
    expect(await client.logsOf(dlc, jobId)).toEqual(["by a hook's"]);
  });

  it('a PostStart that fails ends the pod, by its name', async () => {
    const dlc = await start();
    const jobId = await create(dlc, 'trap "exit 0" TERM; while :; do sleep 0.05; done', {
      PostStart: sh('exit 3'),
    });
    await reach(dlc, jobId, 'Failed');
    expect((await client.read(dlc, jobId)).ReasonMessage).toBe(
      `PyTorchJob ${jobId} is failed: pod ${jobId}-master-0 was ended: its PostStart hook exited with code 3.`,
    );
  });

  it('the exit code of a command with hooks is its own', async () => {
    const dlc = await start();
    const jobId = await create(dlc, 'sleep 0.3; exit 7', { PreStop: sh('true'), PostStart: sh('true') });
    await reach(dlc, jobId, 'Failed');
    expect((await client.read(dlc, jobId)).ReasonMessage).toContain('exited with code 7');
  });

  it('PreStop comes before SIGTERM, which waits for it', async () => {
    const dataDir = client.newDataDir();
    const dlc = await start({ dataDir, stopGraceMs: 10_000 });
    const jobId = await create(
      dlc,
      `trap 'echo term >> order; exit 0' TERM; touch begun; while :; do sleep 0.05; done`,
      { PreStop: sh('echo pre >> order; sleep 1; echo stopped >> order') },
    );
    const work = workOf(dataDir, jobId);
    await expect.poll(() => existsSync(join(work, 'begun')), wait).toBe(true);
    await reach(dlc, jobId, 'Running');
    const asked = performance.now();
    await client.stop(dlc, jobId);
    await reach(dlc, jobId, 'Stopped');
    expect(readFileSync(join(work, 'order'), 'utf8')).toBe('pre\nstopped\nterm\n');
    expect(performance.now() - asked).toBeLessThan(9_000);
  });

  it('a PreStop that does not end has the grace, and no more', async () => {
    const dataDir = client.newDataDir();
    const dlc = await start({ dataDir, stopGraceMs: 1_000 });
    const jobId = await create(
      dlc,
      `trap 'echo term > told; exit 0' TERM; touch begun; while :; do sleep 0.05; done`,
      {
        PreStop: sh('sleep 607.7'),
      },
    );
    await expect.poll(() => existsSync(join(workOf(dataDir, jobId), 'begun')), wait).toBe(true);
    await reach(dlc, jobId, 'Running');
    const asked = performance.now();
    await client.stop(dlc, jobId);
    await reach(dlc, jobId, 'Stopped');
    const tookMs = performance.now() - asked;
    expect(tookMs).toBeGreaterThan(950);
    expect(tookMs).toBeLessThan(5_000);
    expect(existsSync(join(workOf(dataDir, jobId), 'told'))).toBe(true);
  });

  it('a pod that is still at its init container is stopped without PreStop, and at once', async () => {
    const dataDir = client.newDataDir();
    const dlc = await start({ dataDir, stopGraceMs: 20_000 });
    const jobId = await client.createId(dlc, {
      JobSpecs: [
        {
          Type: 'Worker',
          ExtraPodSpec: {
            InitContainers: [{ Command: ['/bin/sh', '-c', 'touch begun; exec sleep 608.7'] }],
            Lifecycle: { PreStop: sh('touch hooked') },
          },
        },
      ],
    });
    await expect.poll(() => existsSync(join(workOf(dataDir, jobId), 'begun')), wait).toBe(true);
    await reach(dlc, jobId, 'Running');
    await client.stop(dlc, jobId);
    await reach(dlc, jobId, 'Stopped');
    expect(existsSync(join(workOf(dataDir, jobId), 'hooked'))).toBe(false);
  });
});

it('PreStop runs once where the server is killed meanwhile', async () => {
  const dataDir = client.newDataDir();
  const options = { dataDir, phaseMs: { Creating: 0, Queuing: 0, EnvPreparing: 0 }, stopGraceMs: 10_000 };
  const killed = await startServerProcess(options);
  const jobId = await create(killed, 'touch begun; while :; do sleep 0.05; done', {
    PreStop: sh('echo pre >> order; until [ -e go ]; do sleep 0.05; done; echo done >> order'),
  });
  const work = join(dataDir, 'jobs', jobId, 'pods', `${jobId}-master-0`, 'work');
  await expect.poll(() => existsSync(join(work, 'begun')), wait).toBe(true);
  await reach(killed, jobId, 'Running');
  await client.stop(killed, jobId);
  await expect.poll(() => existsSync(join(work, 'order')), wait).toBe(true);
  await killed.kill();
  const server = await startServerProcess(options);
  await reach(server, jobId, 'Stopping');
  writeFileSync(join(work, 'go'), '');
  await reach(server, jobId, 'Stopped');
  expect(readFileSync(join(work, 'order'), 'utf8')).toBe('pre\ndone\n');
  await server.kill();
});
