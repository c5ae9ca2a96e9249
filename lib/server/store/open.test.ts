import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openStore, type Store } from './open';

let dataDir = '';
const stores: Store[] = [];

async function open(dir = dataDir): Promise<Store> {
  const store = await openStore(dir);
  stores.push(store);
  return store;
}

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'jobwright-store-'));
});
afterEach(async () => {
  for (const store of stores.splice(0)) await store.close();
  rmSync(dataDir, { recursive: true });
});

describe('the store', () => {
  it('is private to its user', async () => {
    const dir = join(dataDir, 'deep', 'data');
    await open(dir);
    const files = readdirSync(dir);
    expect(files).toContain('jobwright.sqlite-wal');
    for (const file of files) expect(statSync(join(dir, file)).mode & 0o777).toBe(0o600);
    expect(statSync(dir).mode & 0o777).toBe(0o700);
  });

  it('writes ahead, syncs each commit and checks references', async () => {
    const { db } = await open();
    const pragmas = await sql<{ mode: string; sync: number; keys: number; timeout: number }>`
      select journal_mode as mode, synchronous as sync, foreign_keys as keys, timeout
      from pragma_journal_mode, pragma_synchronous, pragma_foreign_keys, pragma_busy_timeout`.execute(db);
    expect(pragmas.rows).toEqual([{ mode: 'wal', sync: 2, keys: 1, timeout: 5_000 }]);
  });

  it('can be opened again while it is open', async () => {
    const { db } = await open();
    await open();
    expect(await db.selectFrom('schema_version').selectAll().execute()).toEqual([{ version: 1 }]);
  });

  it('refuses data of a newer Jobwright in a sentence, and leaves it as it is', async () => {
    const { db, close } = await openStore(dataDir);
    await db.updateTable('schema_version').set({ version: 99 }).execute();
    await close();
    await expect(openStore(dataDir)).rejects.toThrow(
      'The data was written by a newer Jobwright (schema 99; this one knows 1).',
    );
    const file = new Database(join(dataDir, 'jobwright.sqlite'), { readonly: true });
    expect(file.prepare('select version from schema_version').all()).toEqual([{ version: 99 }]);
    file.close();
  });

  it('begins a migration anew that was killed half-way', async () => {
    const script = `
      const db = require('better-sqlite3')(process.argv[1]);
      db.pragma('journal_mode = WAL');
      db.exec('begin immediate; create table submissions (id text); create table schema_version (version integer)');
      process.kill(process.pid, 'SIGKILL');`;
    const file = join(dataDir, 'jobwright.sqlite');
    expect(() => execFileSync(process.execPath, ['-e', script, file], { stdio: 'ignore' })).toThrow();
    const { db } = await open();
    expect(await db.selectFrom('submissions').select('fingerprint').execute()).toEqual([]);
  });

  it('says which directory it cannot use', async () => {
    const file = join(dataDir, 'file');
    writeFileSync(file, '');
    await expect(openStore(file)).rejects.toThrow(
      `The data directory ${file} is a file, or leads through one`,
    );
  });
});
