import 'server-only';
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { createBirpc } from 'birpc';
import type { Ledger } from './ledger';
import type { LedgerCalls, LedgerWorkerData } from './ledger-worker';
import type { Counts } from './observe';
import type { StoreWatch } from './store/watch';

export type LedgerThread = {
  ledger: Ledger;
  store: StoreWatch;
  /** Closes the store; resolves when the thread is gone and its last log lines are written. */
  end(): Promise<void>;
};

export type LedgerThreadOptions = LedgerWorkerData & {
  counts: Counts;
  /** Called where the thread ends by itself, which is a bug: nothing more is kept or sent. */
  onFault: (error: unknown) => void;
  /** Where it is given, in place of the thread that the build makes of ledger-worker.ts. */
  spawn?: (data: LedgerWorkerData) => Worker;
};

/**
 * The ledger, its store and what it sends, in a thread of their own: a flush to the disk holds up no page, and a page
 * no submission. Rejects with what the store or the configuration has against it.
 */
export async function startLedgerThread({
  counts,
  onFault,
  spawn = (workerData) => new Worker(new URL('./ledger-worker.ts', import.meta.url), { workerData }),
  ...data
}: LedgerThreadOptions): Promise<LedgerThread> {
  const worker = spawn(data);
  const ended = once(worker, 'exit');
  let isEnding = false;
  const calls = createBirpc<LedgerCalls, Counts>(counts, {
    post: (message) => worker.postMessage(message),
    on: (receive) => worker.on('message', receive),
    timeout: -1,
  });
  const failed = new Promise<never>((_resolve, reject) => {
    worker.once('error', reject);
    ended.then(() => reject(new Error('The thread of the ledger has ended.')), reject);
  });
  await Promise.race([calls.ready(), failed]);
  failed.catch((error: unknown) => isEnding || onFault(error));
  return {
    ledger: calls,
    store: calls,
    async end() {
      isEnding = true;
      await calls.end();
      await ended;
    },
  };
}
