import 'server-only';
import { setTimeout as pause } from 'node:timers/promises';
import { withMark } from '@/lib/dlc/mark';
import type { Problem } from '@/lib/problem';
import { fail, type Result } from '@/lib/result';
import { type Connection, type Dlc, toDeadlineMs } from './dlc';
import type { Finding } from './recovery';
import type { Store, SubmissionRow, SubmissionState } from './store/schema';
import { findSubmission, insertSubmission, moveSubmission } from './store/submissions';
import type { Timing } from './timing';

export type SenderOptions = {
  store: Store;
  dlc: Pick<Dlc, 'createJob'>;
  connection: Connection;
  timing: Timing;
  clock: () => Date;
  owner: string;
  log: (message: string, detail: Record<string, unknown>) => void;
  found: (finding: Finding) => void;
};

type Sending = {
  /** As it was claimed. */
  row: SubmissionRow;
  text: string;
  signedAt: Date;
  secrets: string[];
};
type Created = Result<{ JobId: string; RequestId: string }, Problem>;

type Begin = (row: SubmissionRow, body: Record<string, unknown>, secrets: string[]) => Promise<boolean>;

export type Sender = {
  /** As claimAndSend, of a new row, which is claimed as it is inserted; false where its id is taken. */
  insertAndSend: Begin;
  /**
   * Claims the reserved row and begins to send; false where another caller, tab or instance was first. The claim is
   * committed before a byte leaves, and what began goes on whoever stops waiting for it.
   */
  claimAndSend: Begin;
  /**
   * Resolves when this process has settled what it sends for the id, with the row as settled where it is known to be
   * that; undefined where it sends nothing.
   */
  working(id: string): Promise<SubmissionRow | undefined> | undefined;
  drain(): Promise<void>;
  /** What the store still does not take is given up, and logged. */
  close(): void;
};

// Until the store takes it: the answer is known nowhere else. SQLite itself waits five seconds for a lock each time.
const storeRetriesMs = [50, 250, 1_000, 5_000];

/** How long after a claim its process may be believed to be alive: longer than any exchange takes. */
export function toLeaseMs(connection: Connection, { leaseMarginMs }: Timing): number {
  return toDeadlineMs(connection) + leaseMarginMs;
}

export function newSender(options: SenderOptions): Sender {
  const { store, dlc, connection, timing, clock, owner, log, found } = options;
  const leaseMs = toLeaseMs(connection, timing);
  const inFlight = new Map<string, Promise<SubmissionRow | undefined>>();
  const closing = new AbortController();

  async function send({ row, text, signedAt, secrets }: Sending): Promise<SubmissionRow | undefined> {
    const { id, attempt } = row;
    const sending = dlc.createJob(text, { signedAt, secrets, submission: id });
    const result: Created = await sending.catch((error: unknown) => {
      log('Sending a submission failed unexpectedly.', { submission: id, error: String(error) });
      return fail({ kind: 'unconfirmed', reason: 'interrupted' });
    });
    for (let tries = 0; ; tries += 1) {
      try {
        return await settle(row, result);
      } catch (error) {
        const isLast = closing.signal.aborted;
        const lost = { submission: id, attempt, ...toDetail(result), error: String(error) };
        if (isLast || tries === storeRetriesMs.length)
          log('The outcome of a submission could not be stored.', lost);
        if (isLast) return undefined;
        const retryMs = storeRetriesMs[Math.min(tries, storeRetriesMs.length - 1)];
        await pause(retryMs, undefined, { signal: closing.signal }).catch(() => undefined);
      }
    }
  }

  async function settle(row: SubmissionRow, result: Created): Promise<SubmissionRow | undefined> {
    const { id, attempt } = row;
    const state = toState(result);
    const now = clock();
    const detail = toDetail(result);
    const gapMs = state === 'unconfirmed' ? timing.firstLookMs : timing.watchEveryMs;
    const change = {
      state,
      job_id: result.ok ? result.value.JobId : null,
      request_id: toRequestId(result),
      problem: result.ok ? null : JSON.stringify(result.problem),
      updated_at: now.toISOString(),
      look_at:
        state === 'unconfirmed' || row.doubted !== 0 ? new Date(now.getTime() + gapMs).toISOString() : null,
      looks: 0,
    };
    const fence = { id, states: ['sending' as const], attempt, owner };
    if (await moveSubmission(store, fence, change, detail)) return { ...row, ...change };

    // The lease ended before the answer came; the answer to this very attempt is still the truth about it.
    const late = toLate(state);
    const isKept =
      late && (await moveSubmission(store, { ...fence, ...late }, { ...change, state: late.state }, detail));
    if (!isKept && result.ok) await noteLateJob(id, attempt, result.value.JobId, detail);
    return undefined;
  }

  /** The row has gone on to another attempt or job. A JobId is never overwritten; a second one is told to people. */
  async function noteLateJob(id: string, attempt: number, jobId: string, detail: Record<string, unknown>) {
    for (;;) {
      const row = await findSubmission(store, id);
      if (!row || row.job_id === jobId) return;
      const fence = { id, states: [row.state], attempt: row.attempt, otherJobs: row.other_jobs };
      const at = { updated_at: clock().toISOString(), doubted: 1 };
      if (row.job_id === null && row.state !== 'sending') {
        const change = { state: 'accepted' as const, job_id: jobId, problem: null, ...at };
        if (await moveSubmission(store, fence, change, { ...detail, ofAttempt: attempt })) return;
        continue;
      }
      const known: string[] = row.other_jobs === null ? [] : JSON.parse(row.other_jobs);
      if (known.includes(jobId)) return;
      const otherJobs = [...known, jobId];
      const change = { state: row.state, other_jobs: JSON.stringify(otherJobs), ...at };
      const told = { ...detail, otherJobs, ofAttempt: attempt };
      if (!(await moveSubmission(store, fence, change, told))) continue;
      log('A submission has more than one job.', { submission: id, ...told });
      found('second-job');
      return;
    }
  }

  /** What claims the row now. Where it goes is decided here: it may have been reserved under another configuration. */
  function toClaim({ doubted, first_signed_at }: SubmissionRow) {
    const signedAt = clock();
    const signed_at = signedAt.toISOString();
    const { endpoint, region = null } = connection;
    const change = {
      state: 'sending' as const,
      owner,
      lease_until: new Date(signedAt.getTime() + leaseMs).toISOString(),
      signed_at,
      first_signed_at: doubted === 0 ? signed_at : (first_signed_at ?? signed_at),
      endpoint,
      region,
      identity: connection.credentials.accessKeyId,
      updated_at: signed_at,
    };
    return { signedAt, change, detail: { owner, endpoint } };
  }

  function begin(sending: Sending) {
    const { id } = sending.row;
    inFlight.set(
      id,
      send(sending).finally(() => inFlight.delete(id)),
    );
    return true;
  }

  return {
    async insertAndSend(row, body, secrets) {
      const text = JSON.stringify(withMark(body, row.id));
      const { signedAt, change, detail } = toClaim(row);
      const claimed = { ...row, ...change };
      const isFirst = await insertSubmission(store, claimed, { who: row.who, ...detail });
      return isFirst && begin({ row: claimed, text, signedAt, secrets });
    },
    async claimAndSend(row, body, secrets) {
      const { id, attempt } = row;
      const text = JSON.stringify(withMark(body, id));
      const { signedAt, change, detail } = toClaim(row);
      const isFirst = await moveSubmission(store, { id, states: ['reserved'], attempt }, change, detail);
      return isFirst && begin({ row: { ...row, ...change }, text, signedAt, secrets });
    },
    working: (id) => inFlight.get(id),
    async drain() {
      while (inFlight.size > 0) await Promise.all(inFlight.values());
    },
    close: () => closing.abort(),
  };
}

/** Unreachable counts as refused: nothing left this machine, so nothing exists and the person may try again. */
function toState(result: Created): 'accepted' | 'refused' | 'unconfirmed' {
  if (result.ok) return 'accepted';
  return result.problem.kind === 'unconfirmed' ? 'unconfirmed' : 'refused';
}

/** What an answer makes of a row that somebody else has taken for abandoned, and from which states. */
function toLate(
  state: 'accepted' | 'refused' | 'unconfirmed',
): { state: SubmissionState; states: SubmissionState[] } | undefined {
  if (state === 'accepted') return { state, states: ['unconfirmed', 'needs-attention', 'not-created'] };
  if (state === 'refused') return { state: 'not-created', states: ['unconfirmed', 'needs-attention'] };
  return undefined;
}

function toRequestId(result: Created): string | null {
  if (result.ok) return result.value.RequestId || null;
  return ('api' in result.problem && result.problem.api?.requestId) || null;
}

function toDetail(result: Created): Record<string, unknown> {
  if (!result.ok) return { problem: result.problem };
  return { jobId: result.value.JobId, requestId: result.value.RequestId };
}
