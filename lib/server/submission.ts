import 'server-only';
import { replaceLeaves, type SecretLeaf } from '@/lib/dlc/secrets';
import type { Problem } from '@/lib/problem';
import type { SubmissionEventRow, SubmissionRow, SubmissionState } from './store/schema';

export type { SubmissionState } from './store/schema';

export type SubmissionEvent = {
  attempt: number;
  at: string;
  state: SubmissionState;
  detail: Record<string, unknown>;
};

/** What became of a submission so far. */
export type SubmissionStanding = {
  id: string;
  state: SubmissionState;
  attempt: number;
  jobId?: string;
  requestId?: string;
  problem?: Problem;
};

/** A submission as it may be shown: plain data, secrets masked. Times are ISO 8601 in UTC. */
export type SubmissionView = SubmissionStanding & {
  /** As composed: without the mark. */
  body: Record<string, unknown>;
  displayName: string;
  jobType: string;
  endpoint: string;
  region?: string;
  /** The access key id it was sent with. */
  identity: string;
  who: string;
  createdAt: string;
  updatedAt: string;
  /** When this attempt was signed; absent where nothing left this machine. */
  sentAt?: string;
  /** Jobs that bear its mark besides `jobId`: more than one was made. */
  otherJobs: string[];
  /** Whether it is sent again without a further press once it is proven that no job exists. */
  resend: boolean;
  /** When listings are searched for its job next; absent where that is over or not needed. */
  nextLookAt?: string;
  looks: number;
  lastLook?: LastLook;
  /** All that happened to it. */
  events: SubmissionEvent[];
};

/** What the last listing showed that was searched for a submission. */
export type LastLook = { at: string; jobs: number; isComplete: boolean; problem?: Problem };

/** UUIDs of version 4 or 7 in lower case; another spelling would be another row. */
const idPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[47][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/** An untrusted submission id, or undefined where it could not be one. */
export function parseSubmissionId(value: unknown): string | undefined {
  return typeof value === 'string' && idPattern.test(value) ? value : undefined;
}

const interrupted: Problem = { kind: 'unconfirmed', reason: 'interrupted' };

export function isExpired(row: SubmissionRow, now: Date): boolean {
  return row.state === 'sending' && (row.lease_until ?? '') < now.toISOString();
}

/** What the row says, except that a `sending` whose sender is gone is `unconfirmed` already. */
export function toStanding(row: SubmissionRow, now: Date): SubmissionStanding {
  const expired = isExpired(row, now);
  const problem = expired ? interrupted : fromJson<Problem>(row.problem);
  return {
    id: row.id,
    state: expired ? 'unconfirmed' : row.state,
    attempt: row.attempt,
    ...(row.job_id === null ? {} : { jobId: row.job_id }),
    ...(row.request_id === null ? {} : { requestId: row.request_id }),
    ...(problem === undefined ? {} : { problem }),
  };
}

export function toView(row: SubmissionRow, events: SubmissionEventRow[], now: Date): SubmissionView {
  const standing = toStanding(row, now);
  const wasSent = row.signed_at !== null && standing.problem?.kind !== 'unreachable';
  return {
    ...standing,
    body: fromJson<Record<string, unknown>>(row.body) ?? {},
    displayName: row.display_name,
    jobType: row.job_type,
    endpoint: row.endpoint,
    ...(row.region === null ? {} : { region: row.region }),
    identity: row.identity,
    who: row.who,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    ...(wasSent && row.signed_at !== null ? { sentAt: row.signed_at } : {}),
    otherJobs: fromJson<string[]>(row.other_jobs) ?? [],
    resend: row.resend === 1,
    ...(row.look_at === null ? {} : { nextLookAt: row.look_at }),
    looks: row.looks,
    ...(row.last_look === null ? {} : { lastLook: JSON.parse(row.last_look) as LastLook }),
    events: events
      .filter((event) => event.submission_id === row.id)
      .map(({ attempt, at, state, detail }) => ({
        attempt,
        at,
        state,
        detail: fromJson<Record<string, unknown>>(detail) ?? {},
      })),
  };
}

/** The masked body with its secrets put back. */
export function unmask(row: SubmissionRow, secrets: string | undefined): Record<string, unknown> {
  const body = fromJson<Record<string, unknown>>(row.body) ?? {};
  return replaceLeaves(body, fromJson<SecretLeaf[]>(secrets ?? null) ?? []);
}

// The casts of this file are made here: what stands in these columns was written by the ledger.
function fromJson<T>(text: string | null): T | undefined {
  return text === null ? undefined : (JSON.parse(text) as T);
}
