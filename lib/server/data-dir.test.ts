import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { makeDataDir } from './data-dir';
import { preflight } from './preflight';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'jobwright-data-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

async function problemOf(dataDir: string): Promise<string> {
  const checked = await preflight({ NODE_ENV: 'test', JOBWRIGHT_DATA_DIR: dataDir });
  if (checked.ok) throw new Error('nothing was wrong');
  expect(checked.problem).toMatch(/^[A-Z/][^\n]*\.$/);
  return checked.problem;
}

it('is made with what leads to it, private', () => {
  const dataDir = join(folder, 'deep', 'data');
  makeDataDir(dataDir);
  makeDataDir(dataDir);
  expect(statSync(dataDir).mode & 0o777).toBe(0o700);
});

it.runIf(process.platform === 'linux')('is refused where nothing can be made, without hanging', async () => {
  expect(await problemOf('/proc/nope')).toBe(
    'The data directory /proc/nope cannot be made where it is said to be: set JOBWRIGHT_DATA_DIR to another folder.',
  );
});

it.each(['file', 'file/inside'])('is refused where it is a %s', async (name) => {
  writeFileSync(join(folder, 'file'), '');
  expect(await problemOf(join(folder, name))).toContain(
    `The data directory ${join(folder, name)} is a file, or`,
  );
});

it('is refused where this user may not write', async () => {
  const isRoot = process.getuid?.() === 0;
  chmodSync(folder, 0o500);
  // Root may write anywhere: the test goes on as nobody.
  if (isRoot) process.seteuid?.(65534);
  try {
    expect(await problemOf(join(folder, 'data'))).toContain('by this user');
  } finally {
    if (isRoot) process.seteuid?.(0);
    chmodSync(folder, 0o700);
  }
});

it('is refused where its database is none', async () => {
  const file = join(folder, 'jobwright.sqlite');
  writeFileSync(file, 'no database at all, but long enough to be looked at as one');
  expect(await problemOf(folder)).toContain(`The database ${file} is damaged or belongs to something else:`);
});

it.each(['secret.key', 'jobwright.sqlite'])('is refused where %s is a folder', async (name) => {
  mkdirSync(join(folder, name));
  expect(await problemOf(folder)).toContain(join(folder, name));
});

it('is ready for the start where nothing is wrong', async () => {
  expect(await preflight({ NODE_ENV: 'test', JOBWRIGHT_DATA_DIR: folder })).toMatchObject({
    ok: true,
    value: { dataDir: folder },
  });
  expect(readdirSync(folder).sort()).toEqual(['jobwright.sqlite', 'secret.key']);
});
