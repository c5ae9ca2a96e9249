import 'server-only';
import type { Problem } from '@/lib/problem';
import type { SubmitOutcome } from '@/lib/query/submit-outcome';
import { fail, ok, type Result } from '@/lib/result';
import type { SubmitOutcome as LedgerOutcome } from '@/lib/server/ledger';

/** What the form has to know of what the ledger says. */
export function toSubmitOutcome(outcome: LedgerOutcome): Result<SubmitOutcome, Problem> {
  // Nothing leaves before it is written down.
  if (outcome.kind === 'not-kept') return fail({ kind: 'unreachable', reason: 'store' });
  return ok(toOutcome(outcome));
}

function toOutcome({ kind, submission }: Exclude<LedgerOutcome, { kind: 'not-kept' }>): SubmitOutcome {
  const { id: submissionId, state, jobId, requestId = '', problem, attempt } = submission;
  if (kind === 'conflict') return { state: 'conflict', submissionId, ...(jobId ? { jobId } : {}) };
  if (state === 'accepted' && jobId) return { state: 'accepted', submissionId, jobId, requestId };
  // Proven: no job exists. The form may send the same body again, as the attempt after this one.
  if (state === 'refused' || state === 'cancelled' || state === 'not-created')
    return {
      state: 'refused',
      submissionId,
      problem: problem ?? { kind: 'unreachable', reason: state },
      attempt,
    };
  return { state: state === 'reserved' || state === 'sending' ? 'sending' : 'unconfirmed', submissionId };
}
