import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { nameDevices } from './gpu-devices';
import type { LocalDlc } from './start';
import * as client from './test-client';
import { isolations, optionOf } from './test-isolations';
import { startServerProcess } from './test-server';
import { startQuick } from './test-start';

vi.setConfig({ testTimeout: 40_000 });
afterEach(() => vi.unstubAllEnvs());
const wait = { timeout: 15_000, interval: 50 };

const gpus = (GPU: string): object => ({ ResourceConfig: { CPU: '0.1', Memory: '100Mi', GPU } });
const say = 'echo "gpu:$CUDA_VISIBLE_DEVICES:$NVIDIA_VISIBLE_DEVICES:"';
const untilGo = `${say}; until [ -e go ]; do sleep 0.05; done`;

/** What a pod was told, once it has said so: `CUDA_VISIBLE_DEVICES`, `NVIDIA_VISIBLE_DEVICES`. */
async function told(dlc: client.Server, jobId: string, pod = 'master-0'): Promise<string[]> {
  let line: string | undefined;
  await expect
    .poll(async () => {
      const logs = await client.logsOf(dlc, jobId, pod);
      line = Array.isArray(logs) ? logs.find((each) => String(each).startsWith('gpu:')) : undefined;
      return line;
    }, wait)
    .toBeDefined();
  return String(line).split(':').slice(1, 3);
}

function go(dataDir: string, jobId: string, pod = 'master-0'): void {
  writeFileSync(join(dataDir, 'jobs', jobId, 'pods', `${jobId}-${pod}`, 'work', 'go'), '');
}

function reach(dlc: client.Server, jobId: string, status: string): Promise<void> {
  return expect.poll(() => client.statusOf(dlc, jobId), wait).toBe(status);
}

const one = (UserCommand = untilGo): Record<string, unknown> => ({
  JobSpecs: [{ Type: 'Worker', ...gpus('1') }],
  UserCommand,
});

describe.each(isolations)('GPUs, isolation %s,', (kind) => {
  const start = (dataDir: string, gpu: number): Promise<LocalDlc> =>
    startQuick({ ...optionOf(kind), dataDir, capacity: { cpu: 8, memoryGiB: 8, gpu } });

  it('are each given to one pod, and go to the next when it has ended', async () => {
    const dataDir = client.newDataDir();
    const dlc = await start(dataDir, 4);
    const first = await client.createId(dlc, {
      JobType: 'TFJob',
      JobSpecs: [
        { Type: 'Worker', PodCount: 2, ...gpus('1') },
        { Type: 'PS', ...gpus('') },
      ],
      UserCommand: untilGo,
    });
    const second = await client.createId(dlc, {
      JobSpecs: [{ Type: 'Worker', ...gpus('2') }],
      UserCommand: untilGo,
    });
    const given = [
      await told(dlc, first, 'worker-0'),
      await told(dlc, first, 'worker-1'),
      await told(dlc, second),
    ];
    expect(given.flatMap(([cuda]) => cuda?.split(',')).sort()).toEqual(['0', '1', '2', '3']);
    for (const [cuda, nvidia] of given) expect(nvidia).toBe(cuda);
    expect(await told(dlc, first, 'ps-0')).toEqual(['', 'void']);

    const third = await client.createId(dlc, one());
    await reach(dlc, third, 'Queuing');
    // One pod of a job that goes on gives its device back.
    go(dataDir, first, 'worker-1');
    expect(await told(dlc, third)).toEqual(given[1]);
    for (const pod of ['worker-0', 'ps-0']) go(dataDir, first, pod);
    go(dataDir, second);
    go(dataDir, third);
    for (const jobId of [first, second, third]) await reach(dlc, jobId, 'Succeeded');
  });

  it('are not spoken of where none are configured, and are what Envs says where it does', async () => {
    const without = await start(client.newDataDir(), 0);
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the shell's own
    const unset = 'echo "gpu:${CUDA_VISIBLE_DEVICES-unset}:${NVIDIA_VISIBLE_DEVICES-unset}:"';
    expect(await told(without, await client.createId(without, { UserCommand: unset }))).toEqual([
      'unset',
      'unset',
    ]);
    vi.stubEnv('CUDA_VISIBLE_DEVICES', '5');
    expect(await told(without, await client.createId(without, { UserCommand: unset }))).toEqual([
      '5',
      'unset',
    ]);
    const dlc = await start(client.newDataDir(), 1);
    const own = { CUDA_VISIBLE_DEVICES: 'mine' };
    expect(await told(dlc, await client.createId(dlc, { ...one(say), Envs: own }))).toEqual(['mine', '5']);
  });
});

it('a server killed with -9 gives no GPU of a living pod to another one', async () => {
  const dataDir = client.newDataDir();
  const options = {
    dataDir,
    phaseMs: { Creating: 0, Queuing: 0, EnvPreparing: 0 },
    capacity: { cpu: 8, memoryGiB: 8, gpu: 2 },
  };
  const killed = await startServerProcess(options);
  const first = await client.createId(killed, one());
  const second = await client.createId(killed, one());
  const [ofFirst, ofSecond] = [await told(killed, first), await told(killed, second)];
  expect([ofFirst[0], ofSecond[0]].sort()).toEqual(['0', '1']);
  await killed.kill();
  // The one that a server without a memory would give out first stays taken.
  go(dataDir, second);
  const server = await startServerProcess(options);
  const third = await client.createId(server, one());
  expect(await told(server, third)).toEqual(ofSecond);
  const fourth = await client.createId(server, one(say));
  await reach(server, fourth, 'Queuing');
  go(dataDir, first);
  expect(await told(server, fourth)).toEqual(ofFirst);
  go(dataDir, third);
  for (const jobId of [first, second, third, fourth]) await reach(server, jobId, 'Succeeded');
  await server.kill();
});

describe('the names of the GPUs', () => {
  it.each([
    [2, undefined, ['0', '1']],
    [2, '4, 5,GPU-8a', ['4', '5']],
    [0, '', []],
  ])('%i of %s', (count, confinedTo, names) => {
    expect(nameDevices(count, confinedTo)).toEqual(names);
  });

  it('are missed where the server itself sees fewer', () => {
    expect(() => nameDevices(2, '3,3')).toThrow(
      'The local DLC is to give out 2 GPU, but CUDA_VISIBLE_DEVICES names 1: lower JOBWRIGHT_LOCAL_GPU, or name more.',
    );
  });
});

it('a part of a GPU is refused', async () => {
  const dlc = await startQuick();
  const reply = await client.create(dlc, { JobSpecs: [{ Type: 'Worker', ...gpus('500m') }] });
  expect(reply).toMatchObject({
    status: 400,
    body: { Message: 'JobSpecs[0].ResourceConfig.GPU: must be a whole number such as 1, not 500m.' },
  });
});
