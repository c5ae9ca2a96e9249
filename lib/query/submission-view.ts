import type { Problem } from '@/lib/problem';
import type { Result } from '@/lib/result';

export const submissionStates = [
  'reserved',
  'sending',
  'accepted',
  'refused',
  'unconfirmed',
  'not-created',
  'needs-attention',
  'cancelled',
] as const;
export type SubmissionState = (typeof submissionStates)[number];

const whys = ['listed', 'absent', 'not-provable', 'second-job', 'search-ended'] as const;
export type SubmissionWhy = (typeof whys)[number];

/** Why the ledger moved a submission by itself, where an event says. */
export function parseWhy(value: unknown): SubmissionWhy | undefined {
  return whys.find((why) => why === value);
}

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

/** A job that could be that of a submission nobody could settle. */
export type Candidate = {
  jobId: string;
  displayName: string;
  jobType: string;
  status: string;
  createdAt: string;
  /** It bears the submission's tag. */
  isMarked: boolean;
};

/** How the job of an unanswered submission is searched for in listings. Times are UTC ISO 8601. */
export type SubmissionSearch = {
  looks: number;
  nextAt?: string;
  last?: { at: string; jobs: number; isComplete: boolean; problem?: Problem };
  /** From when on a listing without it proves that there is none. */
  absentFrom: string;
};

/** `detail` is a short machine word or the API's own words, '' where there is none; `why` has a sentence. */
export type SubmissionEvent = {
  at: string;
  state: SubmissionState;
  detail: string;
  why?: SubmissionWhy;
  decidedBy?: string;
};

/** A submission with its evidence. `body` is what was sent, the mark included, every secret masked. */
export type SubmissionView = SubmissionSummary & {
  body: unknown;
  /** When the request was signed; absent where nothing left this machine. */
  sentAt?: string;
  problem?: Problem;
  events: SubmissionEvent[];
  attempt: number;
  /** Whether it is submitted again without a press once it is proven that no job exists. */
  resend: boolean;
  /** Jobs with its tag besides `jobId`. */
  otherJobs: string[];
  /** Absent where nothing was sent. */
  search?: SubmissionSearch;
  /** Only of one that needs attention. */
  candidates?: Result<Candidate[], Problem>;
  /** Whether the connection of this Jobwright is the one the request went to. */
  isHere: boolean;
};

export type SubmissionPage = { submissions: SubmissionSummary[]; total: number };
