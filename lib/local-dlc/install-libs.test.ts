import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import * as client from './test-client';
import { isolations, optionOf } from './test-isolations';
import { newWheel, run, wait } from './test-preparation';
import { startQuick } from './test-start';

describe.each(isolations)('packages, isolation %s,', (kind) => {
  const option = optionOf(kind);
  const JobSpecs = [{ Type: 'Worker', PodCount: 2 }];
  const UserCommand =
    'python -c "import jobwright_probe; print(jobwright_probe.WORD)"; command -v pip | grep -c prepared-';

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
      expect(await client.logsOf(dlc, jobId, pod)).toEqual(['installed', '1']);
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
    expect(await client.logsOf(dlc, jobId)).toEqual(['installed', '1']);
  });

  it('are no options of pip', async () => {
    const job = await run(await startQuick(option), { ThirdpartyLibs: ['--index-url=https://example.com'] });
    expect(job).toMatchObject({ Status: 'Failed', ReasonCode: 'ThirdpartyLibsFailed' });
    expect(job.ReasonMessage).toContain('is no requirement');
  });
});

describe('packages', () => {
  it("that are not to be had fail the job in pip's own words", { timeout: 60_000 }, async () => {
    const dlc = await startQuick();
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
    const dlc = await startQuick();
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
});
