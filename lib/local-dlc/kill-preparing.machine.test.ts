import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import * as client from './test-client';
import { carrying, isolations, optionOf } from './test-isolations';
import { addCodeSource } from './test-registry';
import { type ServerProcess, startServerProcess } from './test-server';
import { newWheels } from './test-wheel';

/** What a test that failed leaves waiting would wait for ever. */
const jobIds: string[] = [];
afterEach(() => {
  for (const pid of jobIds.splice(0).flatMap((jobId) => carrying(`DLC_POD_ID=${jobId}-`)))
    process.kill(Number(pid), 'SIGKILL');
});

const wait = { timeout: 30_000, interval: 50 };

/** git waits at a pipe in the place of a file of the repository until `release`. */
function newStuckRepository(): { folder: string; release(): void } {
  const folder = client.newDataDir();
  const git = (...args: string[]): unknown =>
    execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.com', ...args], { cwd: folder });
  git('init', '-q', '-b', 'main');
  writeFileSync(join(folder, 'word'), 'cloned\n');
  git('add', '.');
  git('commit', '-qm', 'first');
  const pipe = join(folder, '.git', 'packed-refs');
  execFileSync('/bin/sh', ['-c', 'mkfifo "$0"', pipe]);
  return { folder, release: () => rmSync(pipe) };
}

/** An index of packages whose every answer waits until `release`. */
async function newStuckIndex(): Promise<{ url: string; release(): void; close(): void }> {
  const wheels = newWheels(['jobwright-probe', '1.0', 'WORD = "installed"\n']);
  const [wheel = ''] = readdirSync(wheels);
  let release = (): void => undefined;
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  const server = createServer(async (request, response) => {
    await released;
    if (request.url?.endsWith('.whl')) response.end(readFileSync(join(wheels, wheel)));
    else response.setHeader('Content-Type', 'text/html').end(`<a href="/${wheel}">${wheel}</a>`);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : 0;
  return { url: `http://127.0.0.1:${port}/simple`, release, close: () => server.close() };
}

it.each(isolations)(
  'kill -9 while code is cloned, packages are installed and init containers run harms no job (%s)',
  async (kind) => {
    const dataDir = client.newDataDir();
    const runs = client.newDataDir();
    const options = {
      ...optionOf(kind),
      dataDir,
      phaseMs: { Creating: 0, Queuing: 0, EnvPreparing: 0 },
      capacity: { cpu: 64, memoryGiB: 64 },
    };
    const repository = newStuckRepository();
    const index = await newStuckIndex();
    let server: ServerProcess = await startServerProcess(options);

    const DataSources = [{ Uri: `file://${runs}`, MountPath: '/runs' }];
    const ran = 'echo "$DLC_POD_ID" >> "$DLC_LOCAL_ROOT/runs/ran"';
    const init = `echo "$DLC_POD_ID" >> "$DLC_LOCAL_ROOT/runs/init"; until [ -e "$DLC_LOCAL_ROOT/runs/go" ]; do sleep 0.05; done`;
    const PodCount = 2;
    const cloning = await client.createId(server, {
      DataSources,
      JobSpecs: [{ Type: 'Worker', PodCount }],
      CodeSource: { CodeSourceId: await addCodeSource(server, repository.folder) },
      UserCommand: `cat "$DLC_LOCAL_ROOT/root/code/word" && ${ran}`,
    });
    const installing = await client.createId(server, {
      DataSources,
      JobSpecs: [{ Type: 'Worker', PodCount }],
      ThirdpartyLibs: ['jobwright-probe==1.0'],
      Envs: { PIP_INDEX_URL: index.url, PIP_DEFAULT_TIMEOUT: '120' },
      UserCommand: `python -c 'import jobwright_probe; print(jobwright_probe.WORD)' && ${ran}`,
    });
    const beginning = await client.createId(server, {
      DataSources,
      JobSpecs: [
        {
          Type: 'Worker',
          PodCount,
          ExtraPodSpec: { InitContainers: [{ Command: ['/bin/sh', '-c', init] }] },
        },
      ],
      UserCommand: `echo begun && ${ran}`,
    });
    jobIds.push(cloning, installing, beginning);

    const preparing = (jobId: string): string[] => carrying(`DLC_POD_ID=${jobId}-preparation`);
    const attemptsOf = (jobId: string): string[] =>
      readdirSync(join(dataDir, 'jobs', jobId)).filter((name) => name.startsWith('prepared-'));
    const linesIn = (name: string): string[] =>
      readdirSync(runs).includes(name) ? readFileSync(join(runs, name), 'utf8').trim().split('\n') : [];
    const stuck = async (): Promise<void> => {
      await expect.poll(() => preparing(cloning).length, wait).toBeGreaterThan(1);
      await expect.poll(() => carrying(index.url).length, wait).toBeGreaterThan(0);
      await expect.poll(() => linesIn('init').length, wait).toBe(PodCount);
    };

    for (let kill = 0; kill < 2; kill++) {
      await stuck();
      const before = [...preparing(cloning), ...preparing(installing)];
      const attempts = [...attemptsOf(cloning), ...attemptsOf(installing)];
      expect(attempts).toHaveLength(2);
      await server.kill();
      server = await startServerProcess(options);
      await expect
        .poll(
          () => [...preparing(cloning), ...preparing(installing)].filter((pid) => before.includes(pid)),
          wait,
        )
        .toEqual([]);
      await expect
        .poll(
          () => [...attemptsOf(cloning), ...attemptsOf(installing)].filter((name) => attempts.includes(name)),
          wait,
        )
        .toEqual([]);
      for (const jobId of [cloning, installing])
        expect(await client.statusOf(server, jobId)).toBe('EnvPreparing');
    }

    await stuck();
    expect(linesIn('ran')).toEqual([]);
    await server.kill();
    repository.release();
    index.release();
    writeFileSync(join(runs, 'go'), '');
    server = await startServerProcess(options);
    for (const jobId of jobIds)
      await expect.poll(() => client.statusOf(server, jobId), { ...wait, timeout: 60_000 }).toBe('Succeeded');
    const pods = jobIds.flatMap((jobId) => [`${jobId}-master-0`, `${jobId}-worker-0`]);
    expect(linesIn('ran').sort()).toEqual(pods.sort());
    expect(linesIn('init').sort()).toEqual([`${beginning}-master-0`, `${beginning}-worker-0`]);
    expect(await client.logsOf(server, cloning, 'worker-0')).toEqual(['cloned']);
    expect(await client.logsOf(server, installing, 'worker-0')).toEqual(['installed']);
    for (const jobId of [cloning, installing]) {
      expect(attemptsOf(jobId)).toHaveLength(1);
      expect(preparing(jobId)).toEqual([]);
    }
    await server.kill();
    index.close();
  },
  150_000,
);
