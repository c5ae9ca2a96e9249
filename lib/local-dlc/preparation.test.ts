import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { LocalDlc } from './start';
import * as client from './test-client';
import { livingWith } from './test-isolations';
import { newRepository, outcome, wait } from './test-preparation';
import { addCodeSource } from './test-registry';
import { startQuick } from './test-start';

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
