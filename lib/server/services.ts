import 'server-only';
import { setTimeout as pause } from 'node:timers/promises';
import { type Coalescer, newCoalescer } from './coalesce';
import { type Connection, type Dlc, newDlc, toDeadlineMs } from './dlc';
import { beginDrain, closeConnections, drained } from './drain';
import { type Env, env } from './env';
import type { Ledger } from './ledger';
import { startLedgerThread } from './ledger-thread';
import { connectLocal, type StartLocalDlc } from './local-connection';
import { hideInLog, keyTexts, log } from './log';
import { metrics } from './metrics';
import { observeCalls } from './observe';
import { listenForOps, type OpsServices, publishOps } from './ops';
import { readSecretKey } from './seal';
import type { StoreWatch } from './store/watch';

export type Services = {
  env: Env;
  connection: Connection;
  dlc: Dlc;
  ledger: Ledger;
  store: StoreWatch;
} & Coalescer;

type Running = { services: Promise<Services>; closers: Closer[] };
type Closer = () => unknown;

const key = Symbol.for('jobwright.services');
// For the store, after the last answer of the DLC; and for the last answers to browsers.
const settleMs = 5_000;
const maxAnswerMs = 2_000;

// Next bundles pages, actions, handlers and instrumentation apart; what they share hangs on globalThis.
const shared = globalThis as { [key]?: Running };

/** What instrumentation.ts started. Throws where it did not run, which is a bug. */
export function services(): Promise<Services> {
  if (!shared[key]) throw new Error('The services were asked for before instrumentation.ts started them.');
  return shared[key].services;
}

/** Starts everything once; `next dev` calls this again after a change. */
export async function startServices(startLocalDlc: StartLocalDlc): Promise<void> {
  if (shared[key]) return;
  const closers: Closer[] = [];
  shared[key] = { services: start(startLocalDlc, closers), closers };
  await shared[key].services;
}

/**
 * Refuses what is new, lets what is being sent be answered, and closes what was opened. What is cut off all the same
 * is an unconfirmed submission, which the next start looks after.
 */
export async function stopServices(): Promise<void> {
  beginDrain();
  if (!shared[key]) return;
  const { ledger, connection } = await shared[key].services;
  const maxMs = toDeadlineMs(connection) + settleMs;
  const done = drained().then(ledger.drain);
  const isDone = await Promise.race([done.then(() => true), pause(maxMs, false, { ref: false })]);
  if (!isDone) log().warn('Stopping while something is still under way.', { waitedMs: maxMs });
  await closeConnections(maxAnswerMs);
  for (const close of shared[key].closers.toReversed()) await close();
}

async function start(startLocalDlc: StartLocalDlc, closers: Closer[]): Promise<Services> {
  const current = env();
  const { dataDir, databaseUrl } = current;
  const secretKey = current.secretKey ?? readSecretKey(dataDir);
  hideInLog(...keyTexts(secretKey));
  const connection = await connect(current, secretKey, startLocalDlc, closers);
  const dlc = newDlc(connection, observeCalls(metrics()));
  const { ledger, store, end } = await startLedgerThread({
    connection,
    secretKey,
    dataDir,
    databaseUrl,
    counts: metrics(),
    onFault(error) {
      log().error('The ledger has failed, and Jobwright ends.', { error });
      process.exit(1);
    },
  });
  closers.push(end);
  await startOps(current, { dlc, store }, closers);
  return { env: current, connection, dlc, ledger, store, ...newCoalescer() };
}

/** The server of its own closes last, so that /readyz says 503 for as long as the stop takes. */
async function startOps({ ops }: Env, watched: OpsServices, closers: Closer[]): Promise<void> {
  if (ops.public) publishOps(watched);
  if (ops.port === undefined) return;
  const server = await listenForOps(watched, { port: ops.port, host: ops.host });
  closers.unshift(() => {
    server.close();
    server.closeAllConnections();
  });
}

async function connect(
  { connection, dataDir }: Env,
  secretKey: Buffer,
  startLocalDlc: StartLocalDlc,
  closers: Closer[],
): Promise<Connection> {
  if (connection.kind === 'cloud') return connection;
  const local = await connectLocal(dataDir, secretKey, connection.capacity, startLocalDlc);
  hideInLog(local.connection.credentials.accessKeySecret);
  closers.push(local.close);
  return local.connection;
}
