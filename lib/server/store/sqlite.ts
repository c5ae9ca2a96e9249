import 'server-only';
import { chmodSync, closeSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Database } from 'better-sqlite3';
import { Kysely, SqliteDialect, sql } from 'kysely';
import { describeFileFault, makeDataDir } from '@/lib/server/data-dir';
import { migrate } from './migrations';
import type { Schema, Store } from './schema';

const lockMs = 5_000;

/** Everything that only SQLite knows: how it is opened, kept durable, and locked while the schema changes. */
export async function openSqlite(dataDir: string): Promise<Store> {
  const file = join(dataDir, 'jobwright.sqlite');
  makePrivate(dataDir, file);
  // Imported when it is needed: the workers of a build load this module and must not load the native part.
  const { default: Sqlite } = await import('better-sqlite3');
  let db: Kysely<Schema> | undefined;
  try {
    const database = new Sqlite(file, { timeout: lockMs });
    db = new Kysely<Schema>({ dialect: new SqliteDialect({ database }) });
    await writeAhead(database);
    // NORMAL would lose the last commits at a power cut; a claim must be on disk before its request leaves.
    database.pragma('synchronous = FULL');
    database.pragma('foreign_keys = ON');
    await migrateAlone(db);
    const opened = db;
    return { kind: 'sqlite', db: opened, close: () => opened.destroy() };
  } catch (error) {
    await db?.destroy();
    throw new Error(describeSqliteFault(error, file));
  }
}

/** SQLite waits for every lock but this one: of two processes that make a file, one can be told at once that it is busy. */
async function writeAhead(database: Database): Promise<void> {
  const until = performance.now() + lockMs;
  for (;;) {
    try {
      database.pragma('journal_mode = WAL');
      return;
    } catch (error) {
      if (!/^SQLITE_BUSY/.test(codeOf(error)) || performance.now() > until) throw error;
      await pause(10);
    }
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}

/** SQLite gives its -wal and -shm files the permissions of the file they belong to. */
function makePrivate(dataDir: string, file: string): void {
  try {
    makeDataDir(dataDir);
    closeSync(openSync(file, 'a', 0o600));
    chmodSync(file, 0o600);
  } catch (error) {
    throw new Error(describeFileFault(error));
  }
}

function describeSqliteFault(error: unknown, file: string): string {
  const code = codeOf(error);
  if (/^SQLITE_(NOTADB|CORRUPT)/.test(code))
    return `The database ${file} is damaged or belongs to something else: restore it from a backup, or move it away to start without the submissions it holds.`;
  if (/^SQLITE_(BUSY|LOCKED)/.test(code))
    return `The database ${file} is held by another program: end that one, or set JOBWRIGHT_DATA_DIR to another folder.`;
  if (code.startsWith('SQLITE_'))
    return `The database ${file} cannot be used (${code}): see to its permissions and the free space, or set JOBWRIGHT_DATA_DIR to another folder.`;
  return describeFileFault(error);
}

/** An immediate transaction, so that of two processes that start at once one migrates and the other waits. */
async function migrateAlone(db: Kysely<Schema>): Promise<void> {
  await db.connection().execute(async (connection) => {
    await sql`begin immediate`.execute(connection);
    try {
      await migrate(connection);
      await sql`commit`.execute(connection);
    } catch (error) {
      await sql`rollback`.execute(connection);
      throw error;
    }
  });
}
