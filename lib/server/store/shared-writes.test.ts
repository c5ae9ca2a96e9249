import { setImmediate as turn } from 'node:timers/promises';
import Sqlite, { type Database } from 'better-sqlite3';
import { Kysely } from 'kysely';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { migrate } from './migrations';
import type { Schema, Store } from './schema';
import { newSharedWrites } from './shared-writes';
import { newSqliteDialect } from './sqlite-dialect';
import { findEvents, findSubmission, insertSubmission, moveSubmission } from './submissions';
import { newRow } from './test-row';

let statements: string[] = [];
let database: Database;
let store: Store;

beforeEach(async () => {
  database = new Sqlite(':memory:', { verbose: (statement) => statements.push(String(statement)) });
  const db = new Kysely<Schema>({ dialect: newSqliteDialect(database, 'test') });
  await migrate(db);
  const write = newSharedWrites(db);
  store = { kind: 'sqlite', db, write, writeOne: write, close: () => db.destroy() };
  statements = [];
});
afterEach(() => store.close());

function commits(): number {
  return statements.filter((statement) => statement === 'commit').length;
}

it('what is wanted at once is committed once, and each is told its own outcome', async () => {
  const [row, other] = [newRow(), newRow()];
  const outcomes = [row, other, row].map((one) => insertSubmission(store, one, {}));
  expect(await Promise.all(outcomes)).toEqual([true, true, false]);
  expect(commits()).toBe(1);
});

it('as long as others come in, they get in first, but not without end', async () => {
  const outcomes: Promise<boolean>[] = [];
  const keepComing = async (turns: number) => {
    for (let left = turns; left > 0; left -= 1) {
      await turn();
      outcomes.push(insertSubmission(store, newRow(), {}));
    }
  };
  const arrivals = keepComing(5);
  outcomes.push(insertSubmission(store, newRow(), {}));
  await arrivals;
  await Promise.all(outcomes);
  expect(commits()).toBe(1);

  const endless = keepComing(50);
  await insertSubmission(store, newRow(), {});
  expect(outcomes.length).toBeLessThan(40);
  await endless;
  await Promise.all(outcomes);
});

it('nobody is told before the commit', async () => {
  let told = 0;
  const tell = () => {
    told = commits();
  };
  await Promise.all([
    insertSubmission(store, newRow(), {}).then(tell),
    insertSubmission(store, newRow(), {}),
  ]);
  expect(told).toBe(1);
});

it('what comes while others are written is written next', async () => {
  let late: Promise<boolean> | undefined;
  await store.write(async () => {
    late = insertSubmission(store, newRow(), {});
  });
  expect(await late).toBe(true);
  expect(commits()).toBe(2);
});

it('one that fails takes nobody with it', async () => {
  const [row, other] = [newRow(), newRow()];
  const wrong = store.write(async (trx) => {
    await trx.deleteFrom('schema_version').execute();
    throw new Error('a bug');
  });
  const outcomes = await Promise.allSettled([
    insertSubmission(store, row, {}),
    wrong,
    insertSubmission(store, other, {}),
  ]);
  expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  for (const { id } of [row, other]) expect(await findEvents(store, [id])).toHaveLength(1);
  expect(await store.db.selectFrom('schema_version').selectAll().execute()).toHaveLength(1);
});

it('a commit that fails is told to each, and none is kept or tried again', async () => {
  const rows = [newRow(), newRow()];
  database.exec('create table missing (id text primary key)');
  database.exec(`create table late (id text references missing (id) deferrable initially deferred);
    create trigger spoil after insert on submissions begin insert into late values (new.id); end`);
  statements = [];
  const outcomes = await Promise.allSettled(rows.map((row) => insertSubmission(store, row, {})));
  expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  expect(commits()).toBe(1);
  for (const { id } of rows) expect(await findSubmission(store, id)).toBeUndefined();
});

it('a row is changed in one commit with what is noted of it', async () => {
  const row = newRow();
  const at = '2026-01-01T00:00:00.000Z';
  expect(await insertSubmission(store, row, { who: 'ada' })).toBe(true);
  const fence = { id: row.id, states: [row.state], attempt: 1 };
  expect(await moveSubmission(store, fence, { state: 'accepted', updated_at: at }, {})).toBe(true);
  expect(commits()).toBe(2);
  expect(await findSubmission(store, row.id)).toMatchObject({ state: 'accepted', updated_at: at });
  expect(await findEvents(store, [row.id])).toMatchObject([
    { seq: 1, attempt: 1, at: row.updated_at, state: row.state, detail: '{"who":"ada"}' },
    { seq: 2, attempt: 1, at, state: 'accepted', detail: '{}' },
  ]);
});

it('a statement is prepared once, and is right also after the schema has changed', async () => {
  const prepare = vi.spyOn(database, 'prepare');
  const rows = [newRow(), newRow()];
  for (const row of rows) await insertSubmission(store, row, {});
  expect(prepare.mock.calls.map(([text]) => text).filter((text) => text.startsWith('insert'))).toHaveLength(
    2,
  );
  expect(await findSubmission(store, rows[0]?.id ?? '')).toEqual(rows[0]);
  database.exec("alter table submissions add column later text default 'x'");
  expect(await findSubmission(store, rows[1]?.id ?? '')).toEqual({ ...rows[1], later: 'x' });
});
