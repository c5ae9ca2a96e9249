import 'server-only';
import { log } from '@/lib/server/log';
import type { Store } from './schema';
import { findUnconfirmed, type Unconfirmed } from './submissions';

/** What probes ask of a store. */
export type StoreWatch = {
  /** Whether it takes a write: one that changes nothing, but is written and synced as every other. */
  takesWrite(): Promise<boolean>;
  findUnconfirmed(): Promise<Unconfirmed>;
};

export function newStoreWatch(store: Store): StoreWatch {
  return {
    async takesWrite() {
      try {
        await store.db
          .updateTable('schema_version')
          .set(({ ref }) => ({ version: ref('version') }))
          .execute();
        return true;
      } catch (error) {
        // Its words name files and hosts, which a probe on a public address should not tell.
        log().warn('The store takes no write.', { error });
        return false;
      }
    },
    findUnconfirmed: () => findUnconfirmed(store),
  };
}
