import 'server-only';
import { setImmediate as turn } from 'node:timers/promises';
import type { Kysely, Transaction } from 'kysely';
import type { Schema, Store } from './schema';

type Write = {
  /** Gives what tells the caller, once that is on the disk. */
  run: (trx: Transaction<Schema>) => Promise<() => void>;
  reject: (error: unknown) => void;
};

const maxTurns = 10;

/**
 * Writes that are wanted at the same time share one transaction, and thereby one wait for the disk; each is told only
 * after the commit. For a store with a single writer: rows of two of them cannot be locked in a circle.
 */
export function newSharedWrites(db: Kysely<Schema>): Store['write'] {
  let waiting: Write[] = [];
  let isBusy = false;

  async function writeAll(): Promise<void> {
    isBusy = true;
    while (waiting.length > 0) {
      await gathered();
      const together = waiting;
      waiting = [];
      await commit(together);
    }
    isBusy = false;
  }

  /** SQLite holds the event loop until the disk has answered: as long as others come in, they get in first. */
  async function gathered(): Promise<void> {
    for (let turns = 0, before = 0; turns < maxTurns && before < waiting.length; turns += 1) {
      before = waiting.length;
      await turn();
    }
  }

  async function commit(together: Write[]): Promise<void> {
    let isOfOne = false;
    try {
      const done = await db.transaction().execute(async (trx) => {
        const tell = [];
        for (const { run } of together)
          tell.push(
            await run(trx).catch((error: unknown) => {
              isOfOne = true;
              throw error;
            }),
          );
        return tell;
      });
      for (const tell of done) tell();
    } catch (error) {
      // What one of them did wrong took the others back with it; by itself each gets its own answer.
      if (isOfOne && together.length > 1) for (const one of together) await commit([one]);
      else for (const { reject } of together) reject(error);
    }
  }

  return (work) =>
    new Promise((resolve, reject) => {
      const run: Write['run'] = async (trx) => {
        const value = await work(trx);
        return () => resolve(value);
      };
      waiting.push({ run, reject });
      if (!isBusy) writeAll();
    });
}
