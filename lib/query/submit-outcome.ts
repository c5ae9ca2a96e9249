import type { Problem } from '@/lib/problem';

/** What the form learns of a submission. Except for `accepted`, `refused` and `conflict` its page is the place to go on. */
export type SubmitOutcome =
  | { state: 'accepted'; submissionId: string; jobId: string; requestId: string }
  /** No job exists: the API said no, or nothing left this Jobwright. `attempt` is handed back to try once more. */
  | { state: 'refused'; submissionId: string; problem: Problem; attempt: number }
  | { state: 'sending' | 'unconfirmed'; submissionId: string }
  /** The id was already used for another body. `jobId` is there where that one made a job. */
  | { state: 'conflict'; submissionId: string; jobId?: string };
