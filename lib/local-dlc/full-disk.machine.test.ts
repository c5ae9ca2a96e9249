import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { startLocalDlc } from './start';
import * as client from './test-client';

const wait = { timeout: 15_000, interval: 50 };
const disk = join(client.newDataDir(), 'disk');

/** A file system of 1 MiB, which only root of a Linux may make. */
function mountDisk(): string | undefined {
  mkdirSync(disk);
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', disk], { stdio: 'pipe' });
    return undefined;
  } catch (error) {
    return String(error).split('\n')[0];
  }
}

const obstacle = mountDisk();
afterAll(() => {
  if (!obstacle) execFileSync('umount', ['-l', disk]);
});

const title = 'a full disk fails the job, never the server, which goes on once there is room';
it(obstacle ? `LEFT OUT, no small disk can be mounted here (${obstacle}): ${title}` : title, async () => {
  if (obstacle) {
    expect(process.env.CI, 'where CI is set this test must run').toBeFalsy();
    return;
  }
  const said: string[] = [];
  const options = {
    dataDir: join(disk, 'data'),
    phaseMs: { Creating: 0, Queuing: 300, EnvPreparing: 0 },
    stopGraceMs: 200,
    log: (line: string) => said.push(line),
  };
  let dlc = await startLocalDlc(options);
  const sleeper = await client.createId(dlc, { UserCommand: 'exec sleep 60' });
  await expect.poll(() => client.statusOf(dlc, sleeper), wait).toBe('Running');
  const late = await client.createId(dlc, { UserCommand: 'echo never' });
  const writer = await client.createId(dlc, { UserCommand: 'yes | head -c 5000000' });
  // What the first of them leaves of the room, this takes.
  expect(() => writeFileSync(join(disk, 'ballast'), Buffer.alloc(2_000_000))).toThrow('ENOSPC');

  await expect.poll(() => client.statusOf(dlc, writer), wait).toBe('Failed');
  await expect.poll(() => client.statusOf(dlc, late), wait).toBe('Failed');
  expect((await client.read(dlc, late)).ReasonMessage).toMatch(/disk.* is full/);
  expect(await client.create(dlc)).toMatchObject({ status: 500, body: { Code: 'InternalError' } });
  expect((await client.list(dlc)).body.TotalCount).toBe(3);
  await client.stop(dlc, sleeper);
  await expect.poll(() => client.statusOf(dlc, sleeper), wait).toBe('Stopped');
  expect(said.filter((line) => /ENOSPC/.test(line)).length).toBeGreaterThan(0);
  expect(said.length).toBeLessThan(20);

  expect((await client.remove(dlc, writer)).status).toBe(200);
  execFileSync('rm', [join(disk, 'ballast')]);
  const next = await client.createId(dlc, { UserCommand: 'echo again' });
  await expect.poll(() => client.statusOf(dlc, next), wait).toBe('Succeeded');
  expect(await client.logsOf(dlc, next)).toEqual(['again']);
  await dlc.close();
  dlc = await startLocalDlc(options);
  expect(await client.statusOf(dlc, sleeper)).toBe('Stopped');
  expect(await client.statusOf(dlc, late)).toBe('Failed');
  await dlc.close();
}, 60_000);
