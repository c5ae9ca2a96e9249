import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import * as client from './test-client';
import { isolations, optionOf } from './test-isolations';
import { logsOf, run } from './test-preparation';
import { addDataset } from './test-registry';
import { startQuick } from './test-start';

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
