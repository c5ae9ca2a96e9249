import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import type { LocalDlc } from './start';
import * as client from './test-client';
import { isolations, livingWith, optionOf } from './test-isolations';
import { addCodeSource, addDataset } from './test-registry';
import { startQuick } from './test-start';
import { newWheels } from './test-wheel';

const wait = { timeout: 18_000, interval: 50 };

function git(folder: string, ...args: string[]): string {
  const identity = ['-c', 'user.name=t', '-c', 'user.email=t@example.com', '-c', 'commit.gpgsign=false'];
  return execFileSync('git', [...identity, ...args], { cwd: folder, encoding: 'utf8' }).trim();
}

/** Two commits on main, one more on a branch; each has its name in `which`. */
function newRepository(): { folder: string; first: string } {
  const folder = client.newDataDir();
  const commit = (name: string): string => {
    writeFileSync(join(folder, 'which'), `${name}\n`);
    git(folder, 'add', '.');
    git(folder, 'commit', '-qm', name);
    return git(folder, 'rev-parse', 'HEAD');
  };
  git(folder, 'init', '-q', '-b', 'main');
  const first = commit('first');
  commit('second');
  git(folder, 'checkout', '-qb', 'feature');
  commit('third');
  git(folder, 'checkout', '-q', 'main');
  return { folder, first };
}

async function outcome(dlc: LocalDlc, jobId: string): Promise<Record<string, unknown>> {
  await expect
    .poll(async () => /Succeeded|Failed/.test(String(await client.statusOf(dlc, jobId))), wait)
    .toBe(true);
  return client.read(dlc, jobId);
}

async function run(dlc: LocalDlc, changes: Record<string, unknown>): Promise<Record<string, unknown>> {
  return outcome(dlc, await client.createId(dlc, changes));
}

async function logsOf(dlc: LocalDlc, job: Record<string, unknown>): Promise<unknown> {
  return client.logsOf(dlc, String(job.JobId));
}

describe.each(isolations)('data sources, isolation %s,', (kind) => {
  const option = optionOf(kind);

  it('are at the path asked for, in the job or in the source; what is written there stays', async () => {
    const dlc = await startQuick(option);
    const [one, two, three] = [client.newDataDir(), client.newDataDir(), client.newDataDir()];
    writeFileSync(join(one, 'in'), 'one\n');
    const job = await run(dlc, {
      DataSources: [
        { DataSourceId: await addDataset(dlc, one, '/root/data/nas1') },
        { DataSourceId: await addDataset(dlc, two, '/never'), MountPath: '/not-there/before/two' },
        { Uri: `file://${three}`, MountPath: '/mnt/three/' },
      ],
      UserCommand: `cat $DLC_LOCAL_ROOT/root/data/nas1/in
        ls $DLC_LOCAL_ROOT/never 2>/dev/null
        cp $DLC_LOCAL_ROOT/root/data/nas1/in $DLC_LOCAL_ROOT/not-there/before/two/out
        echo three > $DLC_LOCAL_ROOT/mnt/three/out`,
    });
    expect(job).toMatchObject({ Status: 'Succeeded' });
    expect(await logsOf(dlc, job)).toEqual(['one']);
    expect(readFileSync(join(two, 'out'), 'utf8')).toBe('one\n');
    expect(readFileSync(join(three, 'out'), 'utf8')).toBe('three\n');
    expect(existsSync('/not-there')).toBe(false);
  });

  it.each([
    [
      { DataSourceId: 'd-none' },
      'DataSourceNotFound',
      /^DataSources\[0\]\.DataSourceId: no data source d-none /,
    ],
    [
      { Uri: 'oss://b/c', MountPath: '/data' },
      'DataSourceNotSupported',
      /oss:\/\/b\/c cannot be mounted here/,
    ],
    [{ Uri: 'file:///no/such', MountPath: '/data' }, 'MountFailed', /\/no\/such is not there/],
    [{ Uri: 'file:///usr' }, 'InvalidParameter', /MountPath: must be given/],
    [{ Uri: 'file:///usr', MountPath: '/sys/x' }, 'MountFailed', /nothing can be mounted in \/sys\/x/],
  ])('fail the job while it is prepared: %j', async (source, code, message) => {
    const job = await run(await startQuick(option), { DataSources: [source] });
    expect(job).toMatchObject({ Status: 'Failed', ReasonCode: code });
    expect(job.ReasonMessage).toMatch(message);
    expect(job).not.toHaveProperty('GmtRunningTime');
  });

  it('cannot be two at one path', async () => {
    const source = { Uri: 'file:///usr', MountPath: '/data' };
    const job = await run(await startQuick(option), {
      DataSources: [source, { ...source, MountPath: '/data/' }],
    });
    expect(job.ReasonMessage).toBe('Two things are to be mounted at /data.');
  });
});

describe.each(isolations)('folders of the node, isolation %s,', (kind) => {
  const option = optionOf(kind);

  it('are mounted in the pods of the role that asks for them, each at its own path', async () => {
    const dlc = await startQuick(option);
    const [one, two] = [client.newDataDir(), client.newDataDir()];
    writeFileSync(join(one, 'name'), 'one\n');
    writeFileSync(join(two, 'name'), 'two\n');
    const mount = (LocalPath: string) => [{ LocalPath, MountPath: '/mnt/disk/', MountMode: 'Filesystem' }];
    const job = await run(dlc, {
      JobSpecs: [
        { Type: 'Master', LocalMountSpecs: mount(one) },
        { Type: 'Worker', PodCount: 2, LocalMountSpecs: mount(two) },
      ],
      UserCommand: 'cat $DLC_LOCAL_ROOT/mnt/disk/name; echo $RANK > $DLC_LOCAL_ROOT/mnt/disk/by-$RANK',
    });
    expect(job).toMatchObject({ Status: 'Succeeded' });
    expect(await client.logsOf(dlc, String(job.JobId), 'master-0')).toEqual(['one']);
    expect(await client.logsOf(dlc, String(job.JobId), 'worker-1')).toEqual(['two']);
    expect(readdirSync(one).sort()).toEqual(['by-0', 'name']);
    expect(readdirSync(two).sort()).toEqual(['by-1', 'by-2', 'name']);
  });

  it.each([
    [{ LocalPath: '/no/such', MountPath: '/mnt/a' }, 'LocalMountSpecs: the folder /no/such is not there'],
    [{ LocalPath: '/usr', MountPath: '/proc/a' }, 'LocalMountSpecs: nothing can be mounted in /proc/a'],
    [{ LocalPath: '/', MountPath: '/mnt/a' }, 'LocalMountSpecs: / holds the data directory'],
    [{ LocalPath: '/usr', MountPath: '/data' }, 'Two things are to be mounted at /data'],
  ])('fail the job while it is prepared: %j', async (spec, message) => {
    const job = await run(await startQuick(option), {
      JobSpecs: [{ Type: 'Worker', LocalMountSpecs: [spec] }],
      DataSources: [{ Uri: 'file:///usr', MountPath: '/data' }],
    });
    expect(job).toMatchObject({ Status: 'Failed', ReasonCode: 'MountFailed' });
    expect(job.ReasonMessage).toContain(message);
  });
});

describe.runIf(isolations.includes('bubblewrap'))('with bubblewrap', () => {
  it('honours what is read-only, by the job or by the source', async () => {
    const dlc = await startQuick();
    const [one, two] = [client.newDataDir(), client.newDataDir()];
    const job = await run(dlc, {
      DataSources: [
        { DataSourceId: await addDataset(dlc, one, '/data/one', { MountAccess: 'RO' }), MountAccess: 'RW' },
        { DataSourceId: await addDataset(dlc, two, '/data/two'), MountAccess: 'RO' },
      ],
      UserCommand: 'touch /data/one/x; touch /data/two/x; ls /data',
    });
    expect(await logsOf(dlc, job)).toEqual([
      expect.stringContaining('Read-only file system'),
      expect.stringContaining('Read-only file system'),
      'one',
      'two',
    ]);
    expect([...readdirSync(one), ...readdirSync(two)]).toEqual([]);
  });

  it('mounts inside a mount, and in a folder whose other files stay in sight', async () => {
    const dlc = await startQuick();
    const [outer, inner, home] = [client.newDataDir(), client.newDataDir(), client.newDataDir('/var/tmp')];
    mkdirSync(join(outer, 'inner'));
    writeFileSync(join(inner, 'file'), 'inner\n');
    writeFileSync(join(home, 'kept'), 'kept\n');
    const job = await run(dlc, {
      DataSources: [
        { Uri: `file://${inner}`, MountPath: '/data/inner' },
        { Uri: `file://${outer}`, MountPath: '/data', MountAccess: 'RO' },
        { Uri: `file://${inner}`, MountPath: `${home}/mounted` },
      ],
      UserCommand: `cat /data/inner/file ${home}/kept ${home}/mounted/file; touch ${home}/kept 2>&1 | grep -c Read-only`,
    });
    expect(await logsOf(dlc, job)).toEqual(['inner', 'kept', 'inner', '1']);
    const refused = await run(dlc, {
      DataSources: [
        { Uri: `file://${outer}`, MountPath: '/data', MountAccess: 'RO' },
        { Uri: `file://${inner}`, MountPath: '/data/none' },
      ],
    });
    expect(refused.ReasonMessage).toContain('what is mounted at /data is read-only and has no such folder');
  });
});

describe.each(isolations)('code sources, isolation %s,', (kind) => {
  const option = optionOf(kind);

  it('are checked out at the branch and commit of the job, else of the source; pods share one copy', async () => {
    const dlc = await startQuick(option);
    const { folder, first } = newRepository();
    const home = client.newDataDir();
    writeFileSync(join(home, 'post-checkout'), '#!/bin/sh\necho hook > which\n', { mode: 0o755 });
    writeFileSync(join(home, '.gitconfig'), `[core]\nhooksPath = ${home}\n`);
    vi.stubEnv('HOME', home);
    const id = await addCodeSource(dlc, folder, { CodeBranch: 'main' });
    const UserCommand =
      'cd "$DLC_LOCAL_ROOT/root/code" && cat which && git -c safe.directory="*" rev-parse --abbrev-ref HEAD';
    const CodeSource = { CodeSourceId: id };
    expect(await logsOf(dlc, await run(dlc, { CodeSource, UserCommand }))).toEqual(['second', 'main']);
    const feature = { ...CodeSource, Branch: 'feature' };
    expect(await logsOf(dlc, await run(dlc, { CodeSource: feature, UserCommand }))).toEqual([
      'third',
      'feature',
    ]);
    const early = { ...CodeSource, Commit: first.slice(0, 9) };
    expect(await logsOf(dlc, await run(dlc, { CodeSource: early, UserCommand }))).toEqual(['first', 'main']);

    const job = await run(dlc, {
      CodeSource: { ...CodeSource, MountPath: '/srv/code' },
      JobSpecs: [{ Type: 'Worker', PodCount: 2 }],
      UserCommand: `cd "$DLC_LOCAL_ROOT/srv/code" && echo $RANK > by-$RANK && until [ -e by-0 ] && [ -e by-1 ]; do sleep 0.1; done`,
    });
    expect(job.Status).toBe('Succeeded');
    expect(readdirSync(folder).sort()).toEqual(['.git', 'which']);
    vi.unstubAllEnvs();
  });

  it.each([
    [{ CodeSourceId: 'code-none' }, 'CodeSourceNotFound', /no code source code-none is registered/],
    [{ Branch: 'nope' }, 'CodeBranchNotFound', /has no branch nope in /],
    [{ Commit: '0123456789' }, 'CodeCommitNotFound', /has no commit 0123456789 in /],
    [{ Branch: '--upload-pack=touch ran' }, 'CodeCloneFailed', /must not begin with "-"/],
    [{ Commit: '-x' }, 'CodeCloneFailed', /must not begin with "-"/],
    [{ MountPath: '/' }, 'MountFailed', /the mount path must not be \//],
  ])('fail the job while it is prepared: %j', async (changes, code, message) => {
    const dataDir = client.newDataDir();
    const dlc = await startQuick({ ...option, dataDir });
    const id = await addCodeSource(dlc, newRepository().folder, { CodeBranch: 'main' });
    const job = await run(dlc, { CodeSource: { CodeSourceId: id, ...changes } });
    expect(job).toMatchObject({ Status: 'Failed', ReasonCode: code });
    expect(job.ReasonMessage).toMatch(message);
    const left = readdirSync(join(dataDir, 'jobs', String(job.JobId))).filter((name) =>
      name.startsWith('prep'),
    );
    expect(left).toEqual([]);
  });

  it('say in the words of git why they could not be cloned', async () => {
    const dlc = await startQuick(option);
    const folder = realpathSync(client.newDataDir());
    const id = await addCodeSource(dlc, folder);
    const job = await run(dlc, { CodeSource: { CodeSourceId: id } });
    expect(job).toMatchObject({ Status: 'Failed', ReasonCode: 'CodeCloneFailed' });
    expect(job.ReasonMessage).toContain(`could not be cloned from ${folder}: fatal: `);
  });
});

const newWheel = (): string => newWheels(['jobwright-probe', '1.0', 'WORD = "installed"\n']);

describe.each(isolations)('packages, isolation %s,', (kind) => {
  const option = optionOf(kind);
  const JobSpecs = [{ Type: 'Worker', PodCount: 2 }];
  const UserCommand = 'python -c "import jobwright_probe; print(jobwright_probe.WORD)"';

  it('are installed before the pods start, from the list', { timeout: 60_000 }, async () => {
    const dlc = await startQuick(option);
    const jobId = await client.createId(dlc, {
      JobSpecs,
      UserCommand,
      ThirdpartyLibs: ['jobwright-probe==1.0'],
      Envs: { PIP_NO_INDEX: '1', PIP_FIND_LINKS: newWheel() },
    });
    await expect.poll(() => client.statusOf(dlc, jobId), { ...wait, timeout: 50_000 }).toBe('Succeeded');
    for (const pod of ['master-0', 'worker-0'])
      expect(await client.logsOf(dlc, jobId, pod)).toEqual(['installed']);
  });

  it('are installed from requirements.txt in a folder as the pods see it', { timeout: 60_000 }, async () => {
    const dlc = await startQuick(option);
    const folder = newWheel();
    writeFileSync(join(folder, 'requirements.txt'), './jobwright_probe-1.0-py3-none-any.whl\n');
    const jobId = await client.createId(dlc, {
      UserCommand,
      DataSources: [{ Uri: `file://${folder}`, MountPath: '/root/code' }],
      ThirdpartyLibDir: '/root/code/',
      Envs: { PIP_NO_INDEX: '1' },
    });
    await expect.poll(() => client.statusOf(dlc, jobId), { ...wait, timeout: 50_000 }).toBe('Succeeded');
    expect(await client.logsOf(dlc, jobId)).toEqual(['installed']);
  });

  it("that are not to be had fail the job in pip's own words", { timeout: 60_000 }, async () => {
    const dlc = await startQuick(option);
    const jobId = await client.createId(dlc, {
      ThirdpartyLibs: ['no-such-package==9.9'],
      Envs: { PIP_NO_INDEX: '1' },
    });
    await expect.poll(() => client.statusOf(dlc, jobId), { ...wait, timeout: 50_000 }).toBe('Failed');
    expect(await client.read(dlc, jobId)).toMatchObject({
      ReasonCode: 'ThirdpartyLibsFailed',
      ReasonMessage: expect.stringContaining('No matching distribution found for no-such-package==9.9'),
    });
  });

  it('that find the disk full fail the job, and the server goes on', { timeout: 60_000 }, async () => {
    const dlc = await startQuick(option);
    const jobId = await client.createId(dlc, {
      ThirdpartyLibs: ['jobwright-probe'],
      Envs: { PIP_NO_INDEX: '1', PIP_FIND_LINKS: newWheel(), PIP_REPORT: '/dev/full' },
    });
    await expect.poll(() => client.statusOf(dlc, jobId), { ...wait, timeout: 50_000 }).toBe('Failed');
    expect(await client.read(dlc, jobId)).toMatchObject({
      ReasonCode: 'DiskFull',
      ReasonMessage: expect.stringMatching(/^The disk is full: /),
    });
    expect(await run(dlc, {})).toMatchObject({ Status: 'Succeeded' });
  });

  it('are no options of pip', async () => {
    const job = await run(await startQuick(option), { ThirdpartyLibs: ['--index-url=https://example.com'] });
    expect(job).toMatchObject({ Status: 'Failed', ReasonCode: 'ThirdpartyLibsFailed' });
    expect(job.ReasonMessage).toContain('is no requirement');
  });
});

describe('a preparation', () => {
  /** pip waits for an index that never answers. */
  async function startStuck(dataDir: string): Promise<{ dlc: LocalDlc; jobId: string }> {
    const silent = createServer().listen(0, '127.0.0.1');
    silent.unref();
    await once(silent, 'listening');
    const address = silent.address();
    const port = typeof address === 'object' ? address?.port : 0;
    const dlc = await startQuick({ dataDir });
    const jobId = await client.createId(dlc, {
      ThirdpartyLibs: ['anything'],
      Envs: { PIP_INDEX_URL: `http://127.0.0.1:${port}/simple`, PIP_DEFAULT_TIMEOUT: '60' },
    });
    await once(silent, 'connection');
    expect(livingWith(`${jobId}/prepared-`)).not.toEqual([]);
    return { dlc, jobId };
  }

  it('that takes too long is ended with all it started', async () => {
    const dlc = await startQuick({ prepareTimeoutMs: 300 });
    const jobId = await client.createId(dlc, { ThirdpartyLibs: ['anything'] });
    const job = await outcome(dlc, jobId);
    expect(job).toMatchObject({ Status: 'Failed', ReasonCode: 'EnvPrepareTimeout' });
    await expect.poll(() => livingWith(`${jobId}/prepared-`), wait).toEqual([]);
  });

  it('ends with its job when that is stopped, and does not hold up the server', {
    timeout: 60_000,
  }, async () => {
    const { dlc, jobId } = await startStuck(client.newDataDir());
    const other = await client.createId(dlc, {});
    await expect.poll(() => client.statusOf(dlc, other), wait).toBe('Succeeded');
    expect(await client.statusOf(dlc, jobId)).toBe('EnvPreparing');
    await client.stop(dlc, jobId);
    await expect.poll(() => client.statusOf(dlc, jobId), wait).toBe('Stopped');
    await expect.poll(() => livingWith(`${jobId}/prepared-`), wait).toEqual([]);
  });

  it('that a kill cut short begins again from nothing', async () => {
    const dataDir = client.newDataDir();
    const first = await startQuick({ dataDir, phaseMs: { Creating: 0, Queuing: 0, EnvPreparing: 60_000 } });
    const { folder } = newRepository();
    const id = await addCodeSource(first, folder);
    const jobId = await client.createId(first, {
      CodeSource: { CodeSourceId: id },
      UserCommand: 'cat "$DLC_LOCAL_ROOT/root/code/which"',
    });
    await expect.poll(() => client.statusOf(first, jobId), wait).toBe('EnvPreparing');
    await first.close();
    // As a server leaves it that is killed while git still writes.
    const jobFolder = join(dataDir, 'jobs', jobId);
    execFileSync('/bin/sh', ['-c', 'rm -rf prepared*; mkdir prepared-dead; echo half > prepared-dead/code'], {
      cwd: jobFolder,
    });
    const second = await startQuick({ dataDir });
    expect(await outcome(second, jobId)).toMatchObject({
      Status: 'Succeeded',
      ReasonMessage: expect.anything(),
    });
    expect(await client.logsOf(second, jobId)).toEqual(['second']);
    expect(readdirSync(jobFolder)).not.toContain('prepared-dead');
  });
});
