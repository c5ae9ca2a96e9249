import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { migrations } from './migrations';
import { openStore, type Store } from './open';
import { describeVersion, openSqlite } from './sqlite';
import { findEvents, insertSubmission, moveSubmission } from './submissions';
import { newPlace, type Place, startChild, storeKinds } from './test-place';
import { newRow } from './test-row';

const stores: Store[] = [];

async function open(options: { dataDir: string; databaseUrl?: string | undefined }): Promise<Store> {
  const store = await openStore(options);
  stores.push(store);
  return store;
}

afterEach(async () => {
  for (const store of stores.splice(0)) await store.close();
});

describe.each(storeKinds)('the store on %s', (kind) => {
  let place: Place;
  beforeAll(async () => {
    place = await newPlace(kind);
  });
  afterAll(() => place.remove());
  beforeEach(() => place.clear());

  it('can be opened again while it is open', async () => {
    const { db } = await open(place);
    await open(place);
    expect(await db.selectFrom('schema_version').selectAll().execute()).toEqual([
      { version: migrations.length },
    ]);
  });

  it('refuses data of a newer Jobwright in a sentence, and leaves it as it is', async () => {
    const { db, close } = await openStore(place);
    await db.updateTable('schema_version').set({ version: 99 }).execute();
    await close();
    await expect(openStore(place)).rejects.toThrow(
      `The data was written by a newer Jobwright (schema 99; this one knows ${migrations.length}).`,
    );
    expect(await place.ask('select version from schema_version')).toEqual([{ version: 99 }]);
  });

  it('begins a migration anew whose process was killed in the middle', async () => {
    expect(await once(startChild(place, 'die-migrating'), 'exit')).toEqual([null, 'SIGKILL']);
    const { db } = await open(place);
    expect(await db.selectFrom('submissions').select('fingerprint').execute()).toEqual([]);
    expect(await db.selectFrom('schema_version').selectAll().execute()).toHaveLength(1);
  });

  it('is made once by instances that start at the same time', async () => {
    const children = [startChild(place, 'migrate-slowly'), startChild(place, 'migrate-slowly')];
    const exits = children.map((child) => once(child, 'exit'));
    await Promise.all(children.map((child) => once(child.stdout, 'data')));
    for (const child of children) child.stdin.write('go');
    expect(await Promise.all(exits)).toEqual([
      [0, null],
      [0, null],
    ]);
    const version = migrations.length + 1;
    expect(await place.ask('select version from schema_version')).toEqual([{ version }]);
  });

  it('numbers the events of a submission without a gap, whoever appends at once', async () => {
    const row = newRow();
    const first = await open(place);
    // Two stores of one file in one process would wait for each other without end.
    const both = [first, kind === 'SQLite' ? first : await open(place)];
    await insertSubmission(first, row, {});
    const fence = { id: row.id, states: [row.state], attempt: 1 };
    const change = { state: row.state, updated_at: row.updated_at };
    await Promise.all(
      Array.from({ length: 20 }, (_, index) => {
        const store = both[index % 2];
        return store && moveSubmission(store, fence, change, { index });
      }),
    );
    const events = await findEvents(first, [row.id]);
    expect(events.map(({ seq }) => seq)).toEqual(Array.from({ length: 21 }, (_, index) => index + 1));
  });
});

describe('the file of SQLite', () => {
  let dataDir = '';
  beforeEach(() => {
    dataDir = mkdtempSync(join(tmpdir(), 'jobwright-store-'));
  });
  afterEach(() => rmSync(dataDir, { recursive: true }));

  it('is private to its user', async () => {
    const dir = join(dataDir, 'deep', 'data');
    await open({ dataDir: dir });
    const files = readdirSync(dir);
    expect(files).toContain('jobwright.sqlite-wal');
    for (const file of files) expect(statSync(join(dir, file)).mode & 0o777).toBe(0o600);
    expect(statSync(dir).mode & 0o777).toBe(0o700);
  });

  it('is written ahead, synced at each commit and checks references', async () => {
    const { db } = await open({ dataDir });
    const pragmas = await sql<{ mode: string; sync: number; keys: number; timeout: number }>`
      select journal_mode as mode, synchronous as sync, foreign_keys as keys, timeout
      from pragma_journal_mode, pragma_synchronous, pragma_foreign_keys, pragma_busy_timeout`.execute(db);
    expect(pragmas.rows).toEqual([{ mode: 'wal', sync: 2, keys: 1, timeout: 5_000 }]);
  });

  it('is not made on a network file system', async () => {
    const nfs = { type: () => 0x6969, mounts: () => '' };
    await expect(openSqlite(dataDir, nfs)).rejects.toThrow(
      `The data directory ${dataDir} is on a network file system (NFS), where SQLite files get damaged: set JOBWRIGHT_DATA_DIR to a folder on a local disk, or DATABASE_URL`,
    );
    expect(readdirSync(dataDir)).toEqual([]);
  });

  it.each(['3.51.2', '3.50.9', '2.8.17'])('is not opened by SQLite %s', (version) => {
    expect(describeVersion(version)).toMatch(`SQLite ${version}, which can damage its file`);
  });

  it.each(['3.51.3', '3.53.0', '4.0.0'])('may be opened by SQLite %s', (version) => {
    expect(describeVersion(version)).toBeUndefined();
  });

  it('that is none is said to be damaged', async () => {
    writeFileSync(join(dataDir, 'jobwright.sqlite'), 'x'.repeat(5_000));
    await expect(openStore({ dataDir })).rejects.toThrow('is damaged or belongs to something else');
  });

  it('that another program holds is waited for, and then said to be held', async () => {
    const store = await open({ dataDir });
    await sql`pragma busy_timeout = 50`.execute(store.db);
    const holder = new Database(join(dataDir, 'jobwright.sqlite'));
    holder.exec('begin immediate');
    const insert = () => insertSubmission(store, newRow(), {});
    await expect(insert()).rejects.toThrow('is held by another program');
    holder.exec('commit');
    holder.close();
    expect(await insert()).toBe(true);
  });

  it('names the directory that cannot be used', async () => {
    const file = join(dataDir, 'file');
    writeFileSync(file, '');
    await expect(openStore({ dataDir: file })).rejects.toThrow(
      `The data directory ${file} is a file, or leads through one`,
    );
  });
});
