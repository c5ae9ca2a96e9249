import 'server-only';
import type { Store } from './schema';
import { openSqlite } from './sqlite';

export type { Store } from './schema';

/**
 * Opens `<dataDir>/jobwright.sqlite`, made and brought up to date where needed. An Error's message is a sentence.
 * Once per process: SQLite waits for a lock without letting go of the thread, so two stores of one file stall each other.
 */
export async function openStore(dataDir: string): Promise<Store> {
  return openSqlite(dataDir);
}
