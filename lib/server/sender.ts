import 'server-only';
import { setTimeout as pause } from 'node:timers/promises';
import { withMark } from '@/lib/dlc/mark';
import type { Problem } from '@/lib/problem';
import { fail, type Result } from '@/lib/result';
import { type Connection, type Dlc, defaultDeadlineMs } from './dlc';
import type { Store, SubmissionRow, SubmissionState } from './store/schema';
import { appendEvent, findSubmission, moveSubmission } from './store/submissions';

export type SenderOptions = {
  store: Store;
  dlc: Pick<Dlc, 'createJob'>;
  connection: Connection;
  clock: () => Date;
  owner: string;
  log: (message: string, detail: Record<string, unknown>) => void;
};

type Sending = { id: string; attempt: number; text: string; signedAt: Date; secrets: string[] };
type Created = Result<{ JobId: string; RequestId: string }, Problem>;

export type Sender = {
  /**
   * Claims the reserved row and begins to send; false where another caller, tab or instance was first. The claim is
   * committed before a byte leaves, and what began goes on whoever stops waiting for it.
   */
  claimAndSend(row: SubmissionRow, body: Record<string, unknown>, secrets: string[]): Promise<boolean>;
  /** Resolves when this process has settled what it sends for the id; undefined where it sends nothing. */
  working(id: string): Promise<void> | undefined;
  drain(): Promise<void>;
};

// SQLite itself waits five seconds for a lock before each of these.
const storeRetriesMs = [50, 250, 1_000];

/** How long after a claim its process may be believed to be alive: longer than any exchange takes. */
export function toLeaseMs({ deadlineMs = defaultDeadlineMs }: Connection): number {
  return deadlineMs + 30_000;
}

export function newSender({ store, dlc, connection, clock, owner, log }: SenderOptions): Sender {
  const inFlight = new Map<string, Promise<void>>();

  async function send({ id, attempt, text, signedAt, secrets }: Sending): Promise<void> {
    const result: Created = await dlc.createJob(text, { signedAt, secrets }).catch((error: unknown) => {
      log('Sending a submission failed unexpectedly.', { submission: id, error: String(error) });
      return fail({ kind: 'unconfirmed', reason: 'interrupted' });
    });
    for (const retryMs of [...storeRetriesMs, undefined]) {
      try {
        return await settle(id, attempt, result);
      } catch (error) {
        const lost = { submission: id, attempt, ...toDetail(result), error: String(error) };
        if (retryMs === undefined) log('The outcome of a submission could not be stored.', lost);
        else await pause(retryMs);
      }
    }
  }

  async function settle(id: string, attempt: number, result: Created): Promise<void> {
    const state = toState(result);
    const at = clock().toISOString();
    const detail = toDetail(result);
    const change = {
      job_id: result.ok ? result.value.JobId : null,
      request_id: toRequestId(result),
      problem: result.ok ? null : JSON.stringify(result.problem),
      updated_at: at,
    };
    const fence = { id, states: ['sending' as const], attempt, owner };
    if (await moveSubmission(store, fence, { state, ...change }, detail)) return;
    // The lease ended before the answer came; the answer to this very attempt is still the truth about it.
    const late = toLate(state);
    if (
      late &&
      (await moveSubmission(store, { ...fence, ...late }, { state: late.state, ...change }, detail))
    )
      return;
    const row = await findSubmission(store, id);
    if (!row || !result.ok || row.job_id === result.value.JobId) return;
    log('A submission has more than one job.', { submission: id, attempt, ...detail });
    await appendEvent(store, id, { attempt, at, state: row.state }, { ...detail, isSecondJob: true });
  }

  return {
    async claimAndSend({ id, attempt }, body, secrets) {
      const text = JSON.stringify(withMark(body, id));
      const signedAt = clock();
      const signed_at = signedAt.toISOString();
      const lease_until = new Date(signedAt.getTime() + toLeaseMs(connection)).toISOString();
      // Where it goes is decided now: the row may have been reserved before a restart with another configuration.
      const { endpoint, region = null } = connection;
      const identity = connection.credentials.accessKeyId;
      const claimed = await moveSubmission(
        store,
        { id, states: ['reserved'], attempt },
        {
          state: 'sending',
          owner,
          lease_until,
          signed_at,
          endpoint,
          region,
          identity,
          updated_at: signed_at,
        },
        { owner, endpoint },
      );
      if (!claimed) return false;
      const work = send({ id, attempt, text, signedAt, secrets }).finally(() => inFlight.delete(id));
      inFlight.set(id, work);
      return true;
    },
    working: (id) => inFlight.get(id),
    async drain() {
      while (inFlight.size > 0) await Promise.all(inFlight.values());
    },
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
