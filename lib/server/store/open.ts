import 'server-only';
import { openPostgres } from './postgres';
import type { Store } from './schema';
import { openSqlite } from './sqlite';

export type { Store } from './schema';

export type StoreOptions = { dataDir: string; databaseUrl?: string | undefined };

/**
 * Opens the database of `databaseUrl`, or `<dataDir>/jobwright.sqlite`, made and brought up to date where needed. An
 * Error's message is a sentence. Once per process: SQLite waits for a lock without letting go of the thread.
 */
export async function openStore({ dataDir, databaseUrl }: StoreOptions): Promise<Store> {
  return databaseUrl === undefined ? openSqlite(dataDir) : openPostgres(databaseUrl);
}
