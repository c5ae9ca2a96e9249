import { writeSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { type Connection, newDlc } from '@/lib/server/dlc';
import { newLedger } from '@/lib/server/ledger';
import { newSealer } from '@/lib/server/seal';
import { migrations } from '@/lib/server/store/migrations';
import { openStore } from '@/lib/server/store/open';
import { tend } from '@/lib/server/tend';
import { naively } from './naive';
import { cutWrites, during, type Point, type Reach, watchDlc, watchStore } from './points';

/** What a worker is started with. */
export type WorkerOptions = {
  dataDir: string;
  databaseUrl: string | undefined;
  connection: Connection;
  dies?: 'migrating' | undefined;
  /** The ledger is left out. */
  isNaive: boolean;
};

export type Order =
  | {
      kind: 'submit';
      number: number;
      id: string;
      body: Record<string, unknown>;
      waitMs: number;
      resend: boolean;
      again?: number;
      at?: { point: Point; signal: 'SIGKILL' | 'SIGSTOP' };
    }
  | { kind: 'recovery'; afterSteps: number };

export type Word =
  | { kind: 'ready' }
  | { kind: 'sending'; id: string }
  | { kind: 'reached'; point: Point; signal: 'SIGKILL' | 'SIGSTOP' }
  | { kind: 'outcome'; number: number; id: string; outcome: string; state?: string; jobId?: string }
  | { kind: 'fault'; text: string };

/** Synchronous, so that it is told before the process ends. */
function tell(word: Word): void {
  writeSync(1, `${JSON.stringify(word)}\n`);
}

export async function work({ dataDir, databaseUrl, ...options }: WorkerOptions): Promise<void> {
  const armed = new Map<string, NonNullable<Extract<Order, { kind: 'submit' }>['at']>>();
  let stepsLeft = Number.POSITIVE_INFINITY;
  const end = (point: Point, signal: 'SIGKILL' | 'SIGSTOP'): void => {
    tell({ kind: 'reached', point, signal });
    process.kill(process.pid, signal);
  };
  const reach: Reach = (point, id = '') => {
    if (point === 'recovery') {
      stepsLeft -= 1;
      if (stepsLeft < 0) end(point, 'SIGKILL');
      return;
    }
    const at = armed.get(id);
    if (at?.point !== point) return;
    armed.delete(id);
    end(point, at.signal);
  };
  // It runs after the real ones, in the transaction of all.
  if (options.dies === 'migrating') migrations.push(async () => end('migration', 'SIGKILL'));
  cutWrites(
    (id) => armed.get(id)?.point === 'first-byte',
    (id) => reach('first-byte', id),
  );

  const { connection } = options;
  const dlc = watchDlc(newDlc(connection), reach, (id) => tell({ kind: 'sending', id }));
  const store = watchStore(await openStore({ dataDir, databaseUrl }), reach);
  const sealer = newSealer(Buffer.alloc(32, 'crash'));
  const log = (text: string, detail: unknown) =>
    tell({ kind: 'fault', text: `${text} ${JSON.stringify(detail)}` });
  const ledger = newLedger({ store, sealer, dlc, connection, log });
  if (!options.isNaive)
    tend(
      {
        settleExpired: () => during(undefined, ledger.settleExpired),
        recover: () => during(undefined, ledger.recover),
      },
      log,
    );
  tell({ kind: 'ready' });

  for await (const line of createInterface(process.stdin)) {
    // Only the harness writes here.
    const order = JSON.parse(line) as Order;
    if (order.kind === 'recovery') stepsLeft = order.afterSteps;
    else take(order).catch((error: unknown) => tell({ kind: 'fault', text: String(error) }));
  }
  process.exit(0);

  async function take(order: Extract<Order, { kind: 'submit' }>): Promise<void> {
    const { number, id, body, waitMs, resend, again, at } = order;
    if (at) armed.set(id, at);
    if (options.isNaive) {
      const result = await naively(dlc, body, id);
      tell({ kind: 'outcome', number, id, outcome: result.ok ? 'accepted' : 'failed' });
      return;
    }
    const given = { waitMs, resend, ...(again === undefined ? {} : { again }) };
    const outcome = await during(id, () => ledger.submit(body, id, 'crash', given));
    const { state, jobId } = 'submission' in outcome ? outcome.submission : {};
    tell({
      kind: 'outcome',
      number,
      id,
      outcome: outcome.kind,
      ...(state ? { state } : {}),
      ...(jobId ? { jobId } : {}),
    });
  }
}
