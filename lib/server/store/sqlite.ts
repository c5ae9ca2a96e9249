import 'server-only';
import { chmodSync, closeSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Database } from 'better-sqlite3';
import { Kysely } from 'kysely';
import { describeFileFault, makeDataDir } from '@/lib/server/data-dir';
import { StoreFault } from './fault';
import { type FileSystemReader, findNetworkFileSystem } from './file-system';
import { migrate } from './migrations';
import type { Schema, Store } from './schema';
import { newSharedWrites } from './shared-writes';
import { newSqliteDialect } from './sqlite-dialect';
import { sqliteCode, toSqliteFault } from './sqlite-fault';

const lockMs = 5_000;

/** Everything that only SQLite knows: how it is opened, kept durable, and locked while the schema changes. */
export async function openSqlite(dataDir: string, reader?: FileSystemReader): Promise<Store> {
  const file = join(dataDir, 'jobwright.sqlite');
  makePrivate(dataDir, file, reader);
  // Imported when it is needed: the workers of a build load this module and must not load the native part.
  const { default: Sqlite } = await import('better-sqlite3');
  let database: Database | undefined;
  try {
    database = new Sqlite(file, { timeout: lockMs });
    requireVersion(database);
    await writeAhead(database);
    // NORMAL would lose the last commits at a power cut; a claim must be on disk before its request leaves.
    database.pragma('synchronous = FULL');
    database.pragma('foreign_keys = ON');
    const db = new Kysely<Schema>({ dialect: newSqliteDialect(database, file) });
    await db.transaction().execute(migrate);
    const write = newSharedWrites(db);
    return { kind: 'sqlite', db, write, writeOne: write, close: () => db.destroy() };
  } catch (error) {
    database?.close();
    const fault = toSqliteFault(error, file);
    throw fault instanceof StoreFault ? fault : new Error(describeFileFault(fault, file));
  }
}

/** SQLite gives its -wal and -shm files the permissions of the file they belong to. */
function makePrivate(dataDir: string, file: string, reader?: FileSystemReader): void {
  try {
    makeDataDir(dataDir);
    const network = findNetworkFileSystem(dataDir, reader);
    if (network)
      throw new StoreFault(
        `The data directory ${dataDir} is on a network file system (${network}), where SQLite files get damaged: set JOBWRIGHT_DATA_DIR to a folder on a local disk, or DATABASE_URL to a PostgreSQL database.`,
      );
    closeSync(openSync(file, 'a', 0o600));
    chmodSync(file, 0o600);
  } catch (error) {
    throw error instanceof StoreFault ? error : new Error(describeFileFault(error));
  }
}

function requireVersion(database: Database): void {
  const version: unknown = database.prepare('select sqlite_version()').pluck().get();
  const fault = describeVersion(String(version));
  if (fault) throw new StoreFault(fault);
}

/** Up to 3.51.2 a write at the moment of a checkpoint can damage the file (the WAL-reset bug of sqlite.org/wal.html). */
export function describeVersion(version: string): string | undefined {
  const [major = 0, minor = 0, patch = 0] = version.split('.').map(Number);
  if (major > 3 || (major === 3 && (minor > 51 || (minor === 51 && patch >= 3)))) return undefined;
  return `better-sqlite3 came with SQLite ${version}, which can damage its file: install again with npm ci to get 3.51.3 or newer.`;
}

/** SQLite waits for every lock but this one: of two processes that make a file, one can be told at once that it is busy. */
async function writeAhead(database: Database): Promise<void> {
  const until = performance.now() + lockMs;
  for (;;) {
    try {
      database.pragma('journal_mode = WAL');
      return;
    } catch (error) {
      if (!sqliteCode(error).startsWith('SQLITE_BUSY') || performance.now() > until) throw error;
      await pause(10);
    }
  }
}
