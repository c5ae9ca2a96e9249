import 'server-only';
import type { DlcCall } from './dlc';
import type { Ledger, SubmitOutcome } from './ledger';
import { inSubmission, log } from './log';
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

/** The ledger, with what it does for one submission in the log under that submission's id. */
export function observeLedger(ledger: Ledger, counts: Counts): Ledger {
  function observe<T extends SubmitOutcome | undefined>(id: string, work: () => Promise<T>): Promise<T> {
    return inSubmission(id, async () => {
      const outcome = await work();
      if (outcome && outcome.kind !== 'not-kept') note(outcome, counts);
      return outcome;
    });
  }
  return {
    ...ledger,
    submit: (body, id, who, options) => observe(id, () => ledger.submit(body, id, who, options)),
    submitAgain: (id, attempt, who) => observe(id, () => ledger.submitAgain(id, attempt, who)),
    candidates: (id) => inSubmission(id, () => ledger.candidates(id)),
    decide: (id, attempt, decision, who) => inSubmission(id, () => ledger.decide(id, attempt, decision, who)),
  };
}

function note(outcome: Exclude<SubmitOutcome, { kind: 'not-kept' }>, counts: Counts): void {
  const { state, attempt, jobId } = outcome.submission;
  const joined = outcome.kind === 'submission' && outcome.joined;
  if (outcome.kind === 'conflict' || joined) counts.countSubmission(joined ? 'joined' : 'conflict');
  log().info('Submission', {
    outcome: outcome.kind === 'conflict' ? 'conflict' : state,
    joined,
    attempt,
    jobId,
  });
}
