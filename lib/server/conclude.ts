import 'server-only';
import type { Listing } from './listing';
import type { DueRow } from './store/lookups';
import type { SubmissionState } from './store/schema';

/** What a listing says of a submission: its state from now on, and its jobs. */
export type Conclusion = {
  state: SubmissionState;
  jobId?: string;
  /** All jobs with its mark but the one it is accepted with; empty where nothing is new. */
  otherJobs: string[];
  why: 'listed' | 'absent' | 'not-provable' | 'second-job';
};

type Grounds = {
  /** Listings of this place and workspace are known to show marks. */
  isTrusted: boolean;
  /** Whatever could be made of the request was made, and is listed. */
  isPast: boolean;
  isOwnIdentity: boolean;
};

/**
 * Presence counts from any listing. Absence counts only from a complete one of its own identity, begun late enough, where
 * marks are known to show; a wrong belief about listings must not become a second job. Undefined: look again later.
 */
export function conclude(row: DueRow, listing: Listing, grounds: Grounds): Conclusion | undefined {
  const hits = listing.jobs
    .filter(({ mark }) => mark === row.id)
    .sort((a, b) => (a.createdAt < b.createdAt ? -1 : a.createdAt > b.createdAt ? 1 : 0))
    .map(({ jobId }) => jobId);
  const [earliest] = hits;
  if (earliest !== undefined) return toPresence(row, hits, earliest);
  if (row.state !== 'unconfirmed' && row.state !== 'needs-attention') return undefined;
  if (!listing.isComplete || !grounds.isPast) return undefined;
  if (grounds.isTrusted && grounds.isOwnIdentity)
    return { state: 'not-created', otherJobs: [], why: 'absent' };
  return row.state === 'unconfirmed'
    ? { state: 'needs-attention', otherJobs: [], why: 'not-provable' }
    : undefined;
}

function toPresence(row: DueRow, hits: string[], earliest: string): Conclusion | undefined {
  const jobId = row.job_id ?? earliest;
  const known = new Set<string>(row.other_jobs === null ? [] : JSON.parse(row.other_jobs));
  const others = hits.filter((hit) => hit !== jobId);
  const areNew = others.some((other) => !known.has(other));
  const otherJobs = areNew ? [...new Set([...known, ...others])] : [];
  if (row.state !== 'accepted')
    return { state: 'accepted', jobId, otherJobs, why: others.length === 0 ? 'listed' : 'second-job' };
  return areNew ? { state: 'accepted', otherJobs, why: 'second-job' } : undefined;
}
