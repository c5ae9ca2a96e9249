import { readdirSync, realpathSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import * as client from './test-client';
import { isolations, optionOf } from './test-isolations';
import { logsOf, newRepository, run } from './test-preparation';
import { addCodeSource } from './test-registry';
import { startQuick } from './test-start';

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
