import 'server-only';
import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import type { Problem } from '@/lib/problem';
import type { Result } from '@/lib/result';
import { newDecisions } from './decide';
import type { Connection, Dlc } from './dlc';
import type { ListedJob } from './listing';
import { type Finding, newRecovery } from './recovery';
import type { Sealer } from './seal';
import { newSender, toLeaseMs } from './sender';
import { lookNow } from './store/lookups';
import type { Store, SubmissionRow, SubmissionState } from './store/schema';
import {
  findAbandoned,
  findEvents,
  findSubmission,
  findSubmissionOfJob,
  listSubmissions,
  moveSubmission,
  type SubmissionFilter,
} from './store/submissions';
import {
  isExpired,
  parseSubmissionId,
  type SubmissionStanding,
  type SubmissionView,
  toStanding,
  toView,
  unmask,
} from './submission';
import { newSubmissionRow } from './submission-row';
import { type Timing, toTiming } from './timing';

export type LedgerOptions = {
  store: Store;
  sealer: Sealer;
  dlc: Pick<Dlc, 'createJob' | 'countJobs' | 'getJob'>;
  connection: Connection;
  /** By the connection where it is not given; shorter only where the DLC's signatures live shorter. */
  timing?: Timing;
  clock?: () => Date;
  /** Names this process among all that share the store. */
  owner?: string;
  /** Called with what must not be lost when the store cannot take it, a JobId above all. */
  log?: (message: string, detail: Record<string, unknown>) => void;
  /** Called with each thing found out later about a submission. */
  found?: (finding: Finding) => void;
};

export type SubmitOptions = {
  /** How long the caller waits; sending goes on afterwards. 10 s by default. */
  waitMs?: number;
  /**
   * The attempt a person saw end without a job and asks to repeat. Without it the same body joins what became of
   * it, a refusal included, and nothing is sent.
   */
  again?: number;
  /** Send it once more without a further press, each time that it is proven that no job exists. */
  resend?: boolean;
};

/**
 * `conflict`: the id stands for another body, which may have a job. `joined`: this call sent nothing. `not-kept`: the
 * store does not take it, so nothing was sent.
 */
export type SubmitOutcome =
  | { kind: 'submission'; joined: boolean; submission: SubmissionStanding }
  | { kind: 'conflict'; submission: SubmissionStanding }
  | { kind: 'not-kept' };

/** What a person says of a submission nobody could settle: its job, or that there is none. */
export type Decision = { jobId: string } | 'no-job';

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
  list(
    query: SubmissionFilter & { page: number; pageSize: number },
  ): Promise<{ submissions: SubmissionView[]; total: number }>;
  /** The body as composed, secrets included: for sending and cloning, never for showing. */
  bodyOf(id: string): Promise<Record<string, unknown> | undefined>;
  /** Sends the body of a submission once more that ended without a job; as submit() with `again`. */
  submitAgain(id: string, attempt: number, who: string): Promise<SubmitOutcome | undefined>;
  /** Settles what dead processes left behind; gives how many. Nothing is sent. */
  settleExpired(): Promise<number>;
  /** Searches listings for the jobs of submissions whose look is due; gives how many listings that took. */
  recover(): Promise<number>;
  /** The same for one submission, now. */
  lookNow(id: string): Promise<void>;
  /** Jobs of the time it was sent that could be its: by its mark, or unmarked and of its name. */
  candidates(id: string): Promise<Result<ListedJob[], Problem>>;
  /** Only where the submission needs attention, in the attempt the person saw. False: it has moved on. */
  decide(id: string, attempt: number, decision: Decision, who: string): Promise<Result<boolean, Problem>>;
  /** Resolves when nothing is being sent any more. */
  drain(): Promise<void>;
  /** What the store still refuses to take is given up, and logged. */
  close(): void;
};

const maySendAgain: SubmissionState[] = ['refused', 'not-created', 'cancelled'];
const pollMs = 100;

export function newLedger({
  store,
  sealer,
  dlc,
  connection,
  timing = toTiming(connection),
  clock = () => new Date(),
  owner = `${hostname()}:${process.pid}:${randomUUID()}`,
  log = (message, detail) => process.stderr.write(`${JSON.stringify({ message, ...detail })}\n`),
  found = () => {},
}: LedgerOptions): Ledger {
  const sender = newSender({ store, dlc, connection, timing, clock, owner, log, found });

  /** The row that has this id already, reserved once more where that may be. */
  async function reserveAgain(row: SubmissionRow, again: number | undefined): Promise<SubmissionRow> {
    for (;;) {
      const found = await mustFind(row.id);
      const isNew = found.fingerprint !== row.fingerprint || found.attempt === again;
      if (!isNew || !maySendAgain.includes(found.state)) return found;
      // What is known of earlier attempts stays.
      const { id, created_at, first_signed_at, doubted, other_jobs, look_at, looks, ...change } = row;
      const fence = { id, states: [found.state], attempt: found.attempt };
      const attempt = found.attempt + 1;
      if (await moveSubmission(store, fence, { ...change, attempt }, { who: row.who }))
        return { ...found, ...change, attempt };
    }
  }

  async function mustFind(id: string): Promise<SubmissionRow> {
    const row = await findSubmission(store, id);
    if (!row) throw new Error(`The submission ${id} has gone from the store.`);
    return row;
  }

  /** The row once the submission is settled, by this process or another one, or the time is up. */
  async function settled(id: string, waitMs: number): Promise<SubmissionRow> {
    const until = performance.now() + waitMs;
    for (;;) {
      const leftMs = until - performance.now();
      const work = leftMs > 0 ? sender.working(id) : undefined;
      const row = work ? undefined : await mustFind(id);
      const isOpen = row?.state === 'sending' || row?.state === 'reserved';
      if (row && (leftMs <= 0 || !isOpen || isExpired(row, clock()))) return row;
      const settledHere = await within(work ? leftMs : Math.min(leftMs, pollMs), work);
      if (settledHere) return settledHere;
    }
  }

  async function view(row: SubmissionRow | undefined): Promise<SubmissionView | undefined> {
    return row && toView(row, await findEvents(store, [row.id]), clock());
  }

  const submit: Ledger['submit'] = async (body, submissionId, who, options = {}) => {
    const { waitMs = 10_000, again, resend = false } = options;
    if (!parseSubmissionId(submissionId))
      throw new Error('Not a submission id: a UUID of version 4 or 7 is.');
    const origin = { id: submissionId, who, connection, sealer, now: clock(), resend };
    const { row: wanted, secrets } = newSubmissionRow(body, origin);
    let row: SubmissionRow;
    let sent = false;
    try {
      sent = await sender.insertAndSend(wanted, body, secrets);
      row = sent ? wanted : await reserveAgain(wanted, again);
      const isOurs = row.fingerprint === wanted.fingerprint;
      if (isOurs && row.state === 'reserved') sent ||= await sender.claimAndSend(row, body, secrets);
    } catch (error) {
      log('A submission could not be stored, and was not sent.', {
        submission: submissionId,
        error: String(error),
      });
      return { kind: 'not-kept' };
    }
    try {
      const isOurs = row.fingerprint === wanted.fingerprint;
      row = isOurs ? await settled(submissionId, waitMs) : await mustFind(submissionId);
    } catch (error) {
      // What was claimed is being sent; the answer is kept once the store takes it again.
      log('A submission could not be read back.', { submission: submissionId, error: String(error) });
      const lease_until = new Date(clock().getTime() + toLeaseMs(connection, timing)).toISOString();
      if (sent) row = { ...row, state: 'sending', lease_until };
    }
    const submission = toStanding(row, clock());
    if (row.fingerprint !== wanted.fingerprint) return { kind: 'conflict', submission };
    return { kind: 'submission', joined: !sent, submission };
  };

  async function bodyOf(id: string): Promise<Record<string, unknown> | undefined> {
    const row = await findSubmission(store, id);
    return row && unmask(row, row.secrets === null ? undefined : sealer.open(row.secrets, id));
  }

  const recovery = newRecovery({
    store,
    dlc,
    connection,
    timing,
    clock,
    log,
    found,
    async resend({ id, attempt, who }) {
      const body = await bodyOf(id);
      if (body) await submit(body, id, who, { again: attempt, resend: true, waitMs: 0 });
    },
  });

  return {
    submit,
    async submitAgain(id, attempt, who) {
      const row = await findSubmission(store, id);
      const body = row && (await bodyOf(id));
      return row && body && submit(body, id, who, { again: attempt, resend: row.resend === 1 });
    },
    get: async (id) => view(await findSubmission(store, id)),
    findByJobId: async (endpoint, jobId) => view(await findSubmissionOfJob(store, jobId, endpoint)),
    async list({ page, pageSize, ...filter }) {
      const { rows, total } = await listSubmissions(store, filter, page, pageSize);
      const events = await findEvents(
        store,
        rows.map(({ id }) => id),
      );
      return { submissions: rows.map((row) => toView(row, events, clock())), total };
    },
    bodyOf,

    async settleExpired() {
      const now = clock();
      const reservedBefore = new Date(now.getTime() - toLeaseMs(connection, timing)).toISOString();
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
                {
                  state: 'unconfirmed',
                  problem: JSON.stringify(problem),
                  look_at: at.updated_at,
                  looks: 0,
                  ...at,
                },
                { problem },
              );
        if (await moved) count += 1;
      }
      return count;
    },
    recover: recovery.look,
    async lookNow(id) {
      await lookNow(store, id, clock());
      await recovery.look();
    },
    ...newDecisions({ store, dlc, timing, clock }),

    drain: sender.drain,
    close: sender.close,
  };
}

/** What the work gives, if it does so in time. */
function within<T>(ms: number, work: Promise<T> | undefined): Promise<T | undefined> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, ms, undefined);
    work?.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
