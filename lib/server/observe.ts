import 'server-only';
import type { DlcCall } from './dlc';
import type { Ledger } from './ledger';
import { inSubmission, log } from './log';
import { metrics } from './metrics';

/** A line and a count per call: what the DLC did, and nothing of what was sent to it. */
export function observeCall(call: DlcCall): void {
  const level = call.outcome === 'ok' ? 'info' : 'warn';
  log()[level]('DLC call', call);
  metrics().countCall(call);
  if (call.operation === 'CreateJob') metrics().countSubmission(toOutcome(call));
}

/** As the ledger takes it: what was not sent is refused. */
function toOutcome({ outcome }: DlcCall): 'accepted' | 'refused' | 'unconfirmed' {
  if (outcome === 'ok') return 'accepted';
  return outcome === 'unconfirmed' ? 'unconfirmed' : 'refused';
}

/** The ledger, with what it does for a submission in the log under the submission's id. */
export function observeLedger(ledger: Ledger): Ledger {
  return {
    ...ledger,
    submit: (body, id, who, options) =>
      inSubmission(id, async () => {
        const outcome = await ledger.submit(body, id, who, options);
        if (outcome.kind === 'not-kept') return outcome;
        const { state, attempt, jobId } = outcome.submission;
        const joined = outcome.kind === 'submission' && outcome.joined;
        if (outcome.kind === 'conflict' || joined) metrics().countSubmission(joined ? 'joined' : 'conflict');
        log().info('Submission', {
          outcome: outcome.kind === 'conflict' ? 'conflict' : state,
          joined,
          attempt,
          jobId,
        });
        return outcome;
      }),
  };
}
