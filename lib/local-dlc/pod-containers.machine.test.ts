import { describe, expect, it } from 'vitest';
import type { LocalDlc } from './start';
import * as client from './test-client';
import { isolations, livingWith, optionOf } from './test-isolations';
import { startQuick } from './test-start';

const wait = { timeout: 15_000, interval: 50 };

async function run(dlc: LocalDlc, UserCommand: string, ExtraPodSpec: object): Promise<string> {
  const jobId = await client.createId(dlc, { JobSpecs: [{ Type: 'Worker', ExtraPodSpec }], UserCommand });
  await expect
    .poll(async () => /Succeeded|Failed/.test(String(await client.statusOf(dlc, jobId))), wait)
    .toBe(true);
  return jobId;
}

describe.each(isolations)('the containers of a pod, isolation %s,', (kind) => {
  const option = optionOf(kind);

  it('share folders: init containers run first and in order, sidecars beside the main one', async () => {
    const dlc = await startQuick(option);
    const shared = '"$DLC_LOCAL_ROOT/shared/box"';
    const jobId = await run(
      dlc,
      `cd ${shared}; until [ -s beat ]; do sleep 0.05; done; cat init beat; echo "$GREETING" "$DLC_CONTAINERS"`,
      {
        SharedVolumeMountPaths: ['/shared/box'],
        InitContainers: [
          {
            Name: 'one',
            Command: ['/bin/sh', '-c', `echo "$GREETING $0 $1" > ${shared}/init`],
            Args: ['a b', "it's $HOME"],
            Env: [{ Name: 'GREETING', Value: "he'llo $(id)" }],
          },
          { Name: 'two', Command: ['/bin/sh', '-c', 'pwd -P >> init'], WorkingDir: '/shared/box' },
          { Name: 'image-only', Image: 'busybox' },
        ],
        SideCarContainers: [
          { Name: 'beat', Command: ['/bin/sh', '-c', `echo beat > ${shared}/beat; sleep 600`] },
        ],
      },
    );
    const [leftOut, init, where, beat, greeting] = (await client.logsOf(dlc, jobId)) as string[];
    expect(leftOut).toContain('The init container image-only is left out: it has no Command');
    expect([init, beat, greeting?.trim()]).toEqual(["he'llo $(id) a b it's $HOME", 'beat', '']);
    expect(where).toMatch(kind === 'none' ? /shared\/0$/ : /^\/shared\/box$/);
    expect(await client.statusOf(dlc, jobId)).toBe('Succeeded');
  });

  it('end the pod where an init container fails, by its name and without the main one', async () => {
    const dlc = await startQuick(option);
    const jobId = await run(dlc, 'echo main', {
      InitContainers: [{ Name: "fetch's", Command: ['/bin/sh', '-c', 'echo none; exit 3'] }],
    });
    expect(await client.read(dlc, jobId)).toMatchObject({
      Status: 'Failed',
      ReasonMessage: expect.stringContaining(
        `pod ${jobId}-master-0 stopped at its init container fetch's, which exited with code 3`,
      ),
    });
    expect(await client.logsOf(dlc, jobId)).toEqual(['none']);
  });

  it('end with the main one, whose exit code counts; sidecars are asked first', async () => {
    const dlc = await startQuick(option);
    const marker = `sleep 62.${process.pid}${kind.length}`;
    const jobId = await run(dlc, `until [ -e ready ]; do sleep 0.05; done; exit 7`, {
      SideCarContainers: [
        {
          Name: 'polite',
          Command: ['/bin/sh', '-c', `trap 'echo bye; exit 0' TERM; touch ready; ${marker} & wait`],
        },
        { Name: 'crashed', Command: ['/bin/sh', '-c', 'exit 1'] },
      ],
    });
    expect((await client.read(dlc, jobId)).ReasonMessage).toContain('exited with code 7');
    expect(await client.logsOf(dlc, jobId)).toContain('bye');
    await expect.poll(() => livingWith(marker), wait).toEqual([]);
  });
});
