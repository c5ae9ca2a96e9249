import type { Problem } from '@/lib/problem';

export type SubmissionState =
  | 'reserved'
  | 'sending'
  | 'accepted'
  | 'refused'
  | 'unconfirmed'
  | 'not-created'
  | 'needs-attention'
  | 'cancelled';

/** One row of the ledger as people see it. Times are UTC ISO 8601. */
export type SubmissionSummary = {
  id: string;
  state: SubmissionState;
  displayName: string;
  jobType: string;
  who: string;
  /** The id of the access key it was sent with. */
  identity: string;
  submittedAt: string;
  /** '' where the API gave none. */
  jobId: string;
  requestId: string;
  endpoint: string;
  region?: string;
};

/** `detail` is a short machine word or the API's own words; '' where there is none. */
export type SubmissionEvent = { at: string; state: SubmissionState; detail: string };

/** A submission with its evidence. `body` is what was sent, the mark included, every secret masked. */
export type SubmissionView = SubmissionSummary & {
  body: unknown;
  /** When the request was signed; absent where nothing left this machine. */
  sentAt?: string;
  problem?: Problem;
  events: SubmissionEvent[];
  /** Whether the connection of this Jobwright is the one the request went to. */
  isHere: boolean;
};

export type SubmissionPage = { submissions: SubmissionSummary[]; total: number };
