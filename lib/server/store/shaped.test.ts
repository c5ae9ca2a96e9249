import Sqlite from 'better-sqlite3';
import { Kysely } from 'kysely';
import { expect, it } from 'vitest';
import { migrate } from './migrations';
import type { Schema } from './schema';
import { runShaped } from './shaped';
import { newSqliteDialect } from './sqlite-dialect';
import { newRow } from './test-row';

const db = new Kysely<Schema>({ dialect: newSqliteDialect(new Sqlite(':memory:'), 'test') });
let built = 0;

async function insert(values: { row: ReturnType<typeof newRow> }) {
  return runShaped(db, 'insert', values, ({ row }) => {
    built += 1;
    return db.insertInto('submissions').values(row).compile();
  });
}

it('builds once for a shape, and asks with the values of each call', async () => {
  await migrate(db);
  const rows = [newRow(), newRow(), { ...newRow(), looks: 0, who: "'; drop table submissions; --" }];
  for (const row of rows) await insert({ row });
  expect(built).toBe(1);
  const kept = await db.selectFrom('submissions').selectAll().orderBy('id').execute();
  expect(kept).toEqual(rows.sort((a, b) => (a.id < b.id ? -1 : 1)));
});

it('builds anew where something is null, or a list is of another length', async () => {
  const row = { ...newRow(), problem: '{}' };
  await insert({ row });
  expect(built).toBe(2);
  const find = (ids: string[]) =>
    runShaped(db, 'find', { ids }, (places) =>
      db.selectFrom('submissions').select('id').where('id', 'in', places.ids).compile(),
    );
  expect((await find([row.id])).rows).toEqual([{ id: row.id }]);
  expect((await find([row.id, newRow().id])).rows).toEqual([{ id: row.id }]);
});
