import 'server-only';
import { chmodSync, closeSync, mkdirSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { Kysely, SqliteDialect, sql } from 'kysely';
import { migrate } from './migrations';
import type { Schema, Store } from './schema';

/** Everything that only SQLite knows: how it is opened, kept durable, and locked while the schema changes. */
export async function openSqlite(dataDir: string): Promise<Store> {
  const file = join(dataDir, 'jobwright.sqlite');
  makePrivate(dataDir, file);
  // Imported when it is needed: the workers of a build load this module and must not load the native part.
  const { default: Database } = await import('better-sqlite3');
  const database = new Database(file, { timeout: 5_000 });
  const db = new Kysely<Schema>({ dialect: new SqliteDialect({ database }) });
  try {
    database.pragma('journal_mode = WAL');
    // NORMAL would lose the last commits at a power cut; a claim must be on disk before its request leaves.
    database.pragma('synchronous = FULL');
    database.pragma('foreign_keys = ON');
    await migrateAlone(db);
  } catch (error) {
    await db.destroy();
    throw error;
  }
  return { db, close: () => db.destroy() };
}

/** SQLite gives its -wal and -shm files the permissions of the file they belong to. */
function makePrivate(dataDir: string, file: string): void {
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    closeSync(openSync(file, 'a', 0o600));
    chmodSync(file, 0o600);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`The data directory ${dataDir} cannot be written to: ${reason}`);
  }
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
