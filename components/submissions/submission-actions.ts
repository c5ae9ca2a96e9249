import type { Problem } from '@/lib/problem';
import type { SubmitOutcome } from '@/lib/query/submit-outcome';
import type { Result } from '@/lib/result';

/** The writes of a submission's page; the page hands them in. */
export type SubmissionActions = {
  checkNow: (id: string) => Promise<Result<undefined, Problem>>;
  submitAgain: (id: string, attempt: number) => Promise<Result<SubmitOutcome, Problem>>;
  /** False: the submission has moved on meanwhile. */
  decide: (
    id: string,
    attempt: number,
    said: { jobId: string } | 'no-job',
  ) => Promise<Result<boolean, Problem>>;
};
