import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openStore, type Store } from './open';
import { insertSubmission, moveSubmission } from './submissions';
import { hasPostgres, newPlace, type Place } from './test-place';
import { newRow } from './test-row';

describe.runIf(hasPostgres)('PostgreSQL', () => {
  let place: Place;
  const stores: Store[] = [];
  beforeAll(async () => {
    place = await newPlace('PostgreSQL');
    await place.ask(`create role careless superuser login; create role reader superuser login;
      alter role careless set synchronous_commit = off;
      alter role careless set default_transaction_isolation = 'serializable';
      alter role reader set default_transaction_read_only = on`);
  });
  afterAll(() => place.remove());
  beforeEach(() => place.clear());
  afterEach(async () => {
    for (const store of stores.splice(0)) await store.close();
  });

  async function open(query = '', role = 'jobwright'): Promise<Store> {
    const url = `${place.databaseUrl}${query}`.replace('jobwright@', `${role}@`);
    const store = await openStore({ ...place, databaseUrl: url });
    stores.push(store);
    return store;
  }

  it('waits for the disk at each commit and for nothing without end, whatever its defaults are', async () => {
    const { db } = await open('', 'careless');
    const { rows } = await sql`select current_setting('synchronous_commit') as commit,
      current_setting('transaction_isolation') as isolation, current_setting('statement_timeout') as statement,
      current_setting('lock_timeout') as lock`.execute(db);
    expect(rows).toEqual([{ commit: 'on', isolation: 'read committed', statement: '4s', lock: '3s' }]);
  });

  it('finds a submission to change by its id alone, also with a plan that was kept since there was none', async () => {
    const store = await open();
    // After five runs PostgreSQL may keep a plan.
    for (let left = 20; left > 0; left -= 1) {
      const row = newRow();
      const { id, attempt, updated_at } = row;
      await insertSubmission(store, row, {});
      const change = { state: 'sending' as const, updated_at };
      expect(await moveSubmission(store, { id, states: ['reserved'], attempt }, change, {})).toBe(true);
    }
    await sql`select pg_stat_force_next_flush()`.execute(store.db);
    const { rows } = await sql`select idx_scan::int as scans, idx_tup_read::int as entries
      from pg_stat_user_indexes where indexrelname = 'submissions_by_state'`.execute(store.db);
    expect(rows).toEqual([{ scans: 0, entries: 0 }]);
  });

  it('keeps to the schema that the address names', async () => {
    await place.ask('create schema mine');
    await open('&options=-csearch_path%3Dmine');
    expect(await place.ask("select schemaname from pg_tables where tablename = 'submissions'")).toEqual([
      { schemaname: 'mine' },
    ]);
    await place.ask('drop schema mine cascade');
  });

  it.each([
    ['has no schema of that name', '&options=-csearch_path%3Dnone', 'finds no schema to work in'],
    ['is read-only', '', 'is read-only, as a standby is', 'reader'],
    [
      'is to be trusted by a missing file',
      '&sslrootcert=/nowhere.pem',
      '/nowhere.pem cannot be used (ENOENT)',
    ],
    ['does not speak TLS', '&sslmode=verify-full', 'No trusted TLS connection to PostgreSQL at'],
    ['has no such role', '', 'refuses the user or the password of DATABASE_URL (28000)', 'stranger'],
  ])('is refused in a sentence where it %s', async (_name, query, sentence, role = 'jobwright') => {
    await expect(open(query, role)).rejects.toThrow(sentence);
  });

  it.each([
    ['postgres://ada:hunter2@127.0.0.1:1/x', 'PostgreSQL at 127.0.0.1:1 cannot be reached (ECONNREFUSED)'],
    ['postgres://ada:hunter2@nowhere.invalid/x', 'PostgreSQL at nowhere.invalid:5432 cannot be reached'],
  ])('that is not there is said to be so, without the password: %s', async (databaseUrl, sentence) => {
    const fault = await openStore({ ...place, databaseUrl }).catch((error: unknown) => String(error));
    expect(fault).toContain(sentence);
    expect(fault).not.toContain('hunter2');
  });

  it('without the database that the address names is said to be so', async () => {
    const databaseUrl = place.databaseUrl?.replace('/postgres?', '/none?');
    await expect(openStore({ ...place, databaseUrl })).rejects.toThrow('has no database none');
  });
});
