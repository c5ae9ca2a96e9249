import 'server-only';
import { parentPort, workerData } from 'node:worker_threads';
import { createBirpc } from 'birpc';
import { type Connection, newDlc } from './dlc';
import { type Ledger, newLedger } from './ledger';
import { hideInLog, keyTexts, log } from './log';
import { type Counts, observeCalls, observeLedger } from './observe';
import { newSealer } from './seal';
import { openStore } from './store/open';
import { newStoreWatch, type StoreWatch } from './store/watch';
import { tend } from './tend';

/** What the thread is started with. */
export type LedgerWorkerData = {
  connection: Connection;
  /** 32 bytes. */
  secretKey: Uint8Array;
  dataDir: string;
  databaseUrl?: string | undefined;
};

/** What the thread of the pages may call here; the other way go only counts. */
export type LedgerCalls = Ledger &
  StoreWatch & {
    /** Answers once the store is open. */
    ready(): Promise<void>;
    /** Closes the store. The thread ends after the reply. */
    end(): Promise<void>;
  };

async function work({ connection, secretKey, dataDir, databaseUrl }: LedgerWorkerData): Promise<void> {
  const key = Buffer.from(secretKey);
  hideInLog(...keyTexts(key), connection.credentials.accessKeySecret);
  const port = parentPort;
  if (!port) throw new Error('This file is the entry of a thread.');
  const store = await openStore({ dataDir, databaseUrl });
  const counts: Counts = {
    countCall: (call) => pages.countCall.asEvent(call),
    countSubmission: (outcome) => pages.countSubmission.asEvent(outcome),
  };
  const dlc = newDlc(connection, observeCalls(counts));
  const ledger = newLedger({
    store,
    sealer: newSealer(key),
    dlc,
    connection,
    log: log().error,
    found: counts.countSubmission,
  });
  const calls: LedgerCalls = {
    ...observeLedger(ledger, counts),
    ...newStoreWatch(store),
    async ready() {},
    async end() {
      ledger.close();
      await stopTending();
      await store.close();
      // Not by itself: what was cut off may hold it. The log's last lines leave at its exit.
      setImmediate(() => process.exit());
    },
  };
  const pages = createBirpc<Counts, LedgerCalls>(calls, {
    post: (message) => port.postMessage(message),
    on: (receive) => port.on('message', receive),
    timeout: -1,
  });
  const stopTending = tend(ledger, log().error);
}

// The entry of the thread: what fails here, and nobody catches, is its end.
work(workerData);
