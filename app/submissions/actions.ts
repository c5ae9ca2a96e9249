'use server';

import * as z from 'zod';
import { toSubmitOutcome } from '@/app/jobs/submit-outcome';
import { fail, ok } from '@/lib/result';
import { idPattern } from '@/lib/routes';
import { argumentsOf, guardAction } from '@/lib/server/entry';
import { services } from '@/lib/server/services';
import { parseSubmissionId } from '@/lib/server/submission';

const submissionId = z.string().refine((id) => parseSubmissionId(id) !== undefined);
const attempt = z.int().min(1);

/** Searches the lists now instead of at the next turn. */
export const checkNow = guardAction(argumentsOf(z.tuple([submissionId])), async ([id]) => {
  const { ledger } = await services();
  await ledger.lookNow(id);
  return ok(undefined);
});

/** The recorded body once more, after the attempt the person saw end without a job. */
export const submitAgain = guardAction(
  argumentsOf(z.tuple([submissionId, attempt])),
  async ([id, seen], who) => {
    const { ledger } = await services();
    const outcome = await ledger.submitAgain(id, seen, who.id);
    return outcome ? toSubmitOutcome(outcome) : fail({ kind: 'unreachable', reason: 'unknown-submission' });
  },
);

const decision = z.union([z.literal('no-job'), z.object({ jobId: z.string().regex(idPattern) })]);

/** What a person says became of a submission. False: it has changed since the page was read. */
export const decide = guardAction(
  argumentsOf(z.tuple([submissionId, attempt, decision])),
  async ([id, seen, said], who) => {
    const { ledger } = await services();
    return ledger.decide(id, seen, said, who.id);
  },
);
