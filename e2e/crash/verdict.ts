import type { FaultJob } from '@/e2e/fault-dlc';
import { readMark } from '@/lib/dlc/mark';
import type { Store } from '@/lib/server/store/schema';
import { jobsBySubmission } from './cloud';

/** What a caller was told of a submission. */
export type Told = { id: string; state: string; jobId?: string | undefined };

export type Row = Awaited<ReturnType<typeof readRows>>[number];

export type Verdict = {
  byState: Record<string, number>;
  /** Submissions with more than one job. */
  duplicates: string[];
  /** Told of to a caller, and not in the store or with another job. */
  forgotten: string[];
  /** Submissions that have a job and are not accepted. */
  lost: string[];
  /** Accepted, and no such job was ever made. */
  invented: string[];
  unsettled: string[];
};

const ends = ['accepted', 'refused', 'not-created', 'cancelled', 'needs-attention'];

export async function readRows({ db }: Store) {
  return db
    .selectFrom('submissions')
    .select(['id', 'state', 'attempt', 'job_id', 'resend', 'updated_at', 'lease_until', 'look_at'])
    .execute();
}

/** Settled, and nothing that was asked for in advance is still to be sent. */
export function isSettled({ state, resend }: Row): boolean {
  return ends.includes(state) && !(state === 'not-created' && resend === 1);
}

/** It waits for a time that only a clock which runs ahead took for near. */
export function isAhead({ updated_at, lease_until, look_at }: Row, now = Date.now()): boolean {
  return [updated_at, lease_until, look_at].some((time) => Date.parse(time ?? '') > now + 60_000);
}

type Truth = { made: FaultJob[]; copies: FaultJob[] };

export function judge(rows: Row[], { made, copies }: Truth, told: Told[]): Verdict {
  const byId = new Map(rows.map((row) => [row.id, row]));
  const byState: Record<string, number> = {};
  for (const { state } of rows) byState[state] = (byState[state] ?? 0) + 1;
  const jobIds = new Set([...made, ...copies].map(({ JobId }) => JobId));
  const isKept = ({ id, state, jobId }: Told) => {
    const row = byId.get(id);
    // The body is the same each time.
    if (state === 'conflict') return false;
    return row !== undefined && (state !== 'accepted' || (row.state === 'accepted' && row.job_id === jobId));
  };
  return {
    byState,
    duplicates: [...jobsBySubmission(made)].filter(([, jobs]) => jobs > 1).map(([id]) => id),
    forgotten: told.filter((one) => !isKept(one)).map(({ id }) => id),
    lost: made.map((job) => readMark(job) ?? '').filter((id) => byId.get(id)?.state !== 'accepted'),
    invented: rows
      .filter(({ state, job_id }) => state === 'accepted' && !jobIds.has(job_id ?? ''))
      .map(({ id }) => id),
    unsettled: rows.filter((row) => !isSettled(row)).map(({ id }) => id),
  };
}
