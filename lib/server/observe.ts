import 'server-only';
import type { DlcCall } from './dlc';
import type { Ledger, SubmitOutcome } from './ledger';
import { log } from './log';
import type { Finding } from './recovery';

/** What is not a call of CreateJob: joined and conflict are presses that sent nothing. */
type SubmissionOutcome = 'joined' | 'conflict' | Finding;

export type Counts = {
  /** One of CreateJob counts as a submission too. */
  countCall(call: DlcCall): void;
  countSubmission(outcome: SubmissionOutcome): void;
};

/** A line and a count per call: what the DLC did, and nothing of what was sent to it. */
export function observeCalls(counts: Counts): (call: DlcCall) => void {
  return (call) => {
    const level = call.outcome === 'ok' ? 'info' : 'warn';
    log()[level]('DLC call', call);
    counts.countCall(call);
  };
}

/** The ledger, with a line and a count per press. */
export function observeLedger(ledger: Ledger, counts: Counts): Ledger {
  async function observe<T extends SubmitOutcome | undefined>(work: Promise<T>): Promise<T> {
    const outcome = await work;
    if (outcome && outcome.kind !== 'not-kept') note(outcome, counts);
    return outcome;
  }
  return {
    ...ledger,
    submit: (...given) => observe(ledger.submit(...given)),
    submitAgain: (...given) => observe(ledger.submitAgain(...given)),
  };
}

function note(outcome: Exclude<SubmitOutcome, { kind: 'not-kept' }>, counts: Counts): void {
  const { id, state, attempt, jobId } = outcome.submission;
  const joined = outcome.kind === 'submission' && outcome.joined;
  if (outcome.kind === 'conflict' || joined) counts.countSubmission(joined ? 'joined' : 'conflict');
  log().info('Submission', {
    submission: id,
    outcome: outcome.kind === 'conflict' ? 'conflict' : state,
    joined,
    attempt,
    jobId,
  });
}
