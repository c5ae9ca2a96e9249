import 'server-only';
import type { SubmitOutcome } from '@/lib/query/submit-outcome';
import type { SubmitOutcome as LedgerOutcome } from '@/lib/server/ledger';

/** What the form has to know of what the ledger says. */
export function toSubmitOutcome({ kind, submission }: LedgerOutcome): SubmitOutcome {
  const { id: submissionId, state, jobId, requestId = '', problem, attempt } = submission;
  if (kind === 'conflict') return { state: 'conflict', submissionId, ...(jobId ? { jobId } : {}) };
  if (state === 'accepted' && jobId) return { state: 'accepted', submissionId, jobId, requestId };
  if (state === 'refused' && problem) return { state: 'refused', submissionId, problem, attempt };
  return { state: state === 'reserved' || state === 'sending' ? 'sending' : 'unconfirmed', submissionId };
}
