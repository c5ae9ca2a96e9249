import 'server-only';
import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import type { Problem } from '@/lib/problem';
import type { Connection, Dlc } from './dlc';
import type { Sealer } from './seal';
import { newSender, toLeaseMs } from './sender';
import type { Store, SubmissionRow, SubmissionState } from './store/schema';
import {
  findAbandoned,
  findEvents,
  findSubmission,
  findSubmissionOfJob,
  insertSubmission,
  listSubmissions,
  moveSubmission,
} from './store/submissions';
import { isExpired, parseSubmissionId, type SubmissionView, toView, unmask } from './submission';
import { newSubmissionRow } from './submission-row';

export type LedgerOptions = {
  store: Store;
  sealer: Sealer;
  dlc: Pick<Dlc, 'createJob'>;
  connection: Connection;
  clock?: () => Date;
  /** Names this process among all that share the store. */
  owner?: string;
  /** Called with what must not be lost when the store cannot take it, a JobId above all. */
  log?: (message: string, detail: Record<string, unknown>) => void;
};

export type SubmitOptions = {
  /** How long the caller waits; sending goes on afterwards. 10 s by default. */
  waitMs?: number;
  /**
   * The attempt a person saw end without a job and asks to repeat. Without it the same body joins what became of
   * it, a refusal included, and nothing is sent.
   */
  again?: number;
};

/** `conflict`: the id stands for another body, which may have a job. `joined`: this call sent nothing. */
export type SubmitOutcome =
  | { kind: 'submission'; joined: boolean; submission: SubmissionView }
  | { kind: 'conflict'; submission: SubmissionView };

/** The book of submissions: at most one job for each, whatever fails (exactly-once.md). */
export type Ledger = {
  /** `body` is the valid CreateJob body without mark. Throws where the id is none (see parseSubmissionId). */
  submit(
    body: Record<string, unknown>,
    submissionId: string,
    who: string,
    options?: SubmitOptions,
  ): Promise<SubmitOutcome>;
  get(id: string): Promise<SubmissionView | undefined>;
  /** In any endpoint where it is undefined. */
  findByJobId(endpoint: string | undefined, jobId: string): Promise<SubmissionView | undefined>;
  /** Newest first; pages count from 1. */
  list(query: { page: number; pageSize: number }): Promise<{ submissions: SubmissionView[]; total: number }>;
  /** The body as composed, secrets included: for sending and cloning, never for showing. */
  bodyOf(id: string): Promise<Record<string, unknown> | undefined>;
  /** Settles what dead processes left behind; gives how many. Nothing is sent. */
  settleExpired(): Promise<number>;
  /** Resolves when nothing is being sent any more. */
  drain(): Promise<void>;
};

const maySendAgain: SubmissionState[] = ['refused', 'not-created', 'cancelled'];
const pollMs = 100;

export function newLedger({
  store,
  sealer,
  dlc,
  connection,
  clock = () => new Date(),
  owner = `${hostname()}:${process.pid}:${randomUUID()}`,
  log = (message, detail) => process.stderr.write(`${JSON.stringify({ message, ...detail })}\n`),
}: LedgerOptions): Ledger {
  const sender = newSender({ store, dlc, connection, clock, owner, log });

  async function reserve(row: SubmissionRow, again: number | undefined): Promise<SubmissionRow> {
    if (await insertSubmission(store, row, { who: row.who })) return row;
    for (;;) {
      const found = await mustFind(row.id);
      const isNew = found.fingerprint !== row.fingerprint || found.attempt === again;
      if (!isNew || !maySendAgain.includes(found.state)) return found;
      const { id, created_at, ...change } = row;
      const fence = { id, states: [found.state], attempt: found.attempt };
      const attempt = found.attempt + 1;
      if (await moveSubmission(store, fence, { ...change, attempt }, { who: row.who }))
        return { ...row, attempt, created_at: found.created_at };
    }
  }

  async function mustFind(id: string): Promise<SubmissionRow> {
    const row = await findSubmission(store, id);
    if (!row) throw new Error(`The submission ${id} has gone from the store.`);
    return row;
  }

  /** Until the submission is settled, by this process or another one, or the time is up. */
  async function settled(id: string, waitMs: number): Promise<void> {
    const until = performance.now() + waitMs;
    for (;;) {
      const leftMs = until - performance.now();
      if (leftMs <= 0) return;
      const work = sender.working(id);
      const row = work ? undefined : await mustFind(id);
      if (row && (isExpired(row, clock()) || (row.state !== 'sending' && row.state !== 'reserved'))) return;
      const stop = new AbortController();
      const timer = pause(work ? leftMs : Math.min(leftMs, pollMs), undefined, { signal: stop.signal });
      await Promise.race([timer, ...(work ? [work] : [])]).finally(() => stop.abort());
    }
  }

  async function view(row: SubmissionRow | undefined): Promise<SubmissionView | undefined> {
    return row && toView(row, await findEvents(store, [row.id]), clock());
  }

  return {
    async submit(body, submissionId, who, { waitMs = 10_000, again } = {}) {
      if (!parseSubmissionId(submissionId))
        throw new Error('Not a submission id: a UUID of version 4 or 7 is.');
      const origin = { id: submissionId, who, connection, sealer, now: clock() };
      const { row: wanted, secrets } = newSubmissionRow(body, origin);
      const row = await reserve(wanted, again);
      const isOurs = row.fingerprint === wanted.fingerprint;
      const sent = isOurs && row.state === 'reserved' && (await sender.claimAndSend(row, body, secrets));
      if (isOurs) await settled(submissionId, waitMs);
      const last = await mustFind(submissionId);
      const submission = toView(last, await findEvents(store, [submissionId]), clock());
      if (last.fingerprint !== wanted.fingerprint) return { kind: 'conflict', submission };
      return { kind: 'submission', joined: !sent, submission };
    },
    get: async (id) => view(await findSubmission(store, id)),
    findByJobId: async (endpoint, jobId) => view(await findSubmissionOfJob(store, jobId, endpoint)),
    async list({ page, pageSize }) {
      const { rows, total } = await listSubmissions(store, page, pageSize);
      const events = await findEvents(
        store,
        rows.map(({ id }) => id),
      );
      return { submissions: rows.map((row) => toView(row, events, clock())), total };
    },
    async bodyOf(id) {
      const row = await findSubmission(store, id);
      return row && unmask(row, row.secrets === null ? undefined : sealer.open(row.secrets, id));
    },
    async settleExpired() {
      const now = clock();
      const reservedBefore = new Date(now.getTime() - toLeaseMs(connection)).toISOString();
      let count = 0;
      for (const { id, state, attempt } of await findAbandoned(store, now.toISOString(), reservedBefore)) {
        const fence = { id, states: [state], attempt };
        const at = { updated_at: now.toISOString() };
        const problem: Problem = { kind: 'unconfirmed', reason: 'interrupted' };
        const moved =
          state === 'reserved'
            ? moveSubmission(store, fence, { state: 'cancelled', ...at }, {})
            : moveSubmission(
                store,
                fence,
                { state: 'unconfirmed', problem: JSON.stringify(problem), ...at },
                { problem },
              );
        if (await moved) count += 1;
      }
      return count;
    },
    drain: sender.drain,
  };
}
