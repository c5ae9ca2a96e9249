'use server';

import * as z from 'zod';
import { parseCreateJob } from '@/lib/dlc/check';
import type { Problem } from '@/lib/problem';
import type { SubmitOutcome } from '@/lib/query/submit-outcome';
import { fail, ok, type Result } from '@/lib/result';
import { idPattern } from '@/lib/routes';
import { argumentsOf, guardAction } from '@/lib/server/entry';
import { services } from '@/lib/server/services';
import { parseSubmissionId } from '@/lib/server/submission';
import { toSharedKey } from './reads';
import { toSubmitOutcome } from './submit-outcome';

type SubmitArguments = [
  body: Record<string, unknown>,
  submissionId: string,
  again: number | undefined,
  resend: boolean,
];

function parseSubmit([given, id, again, resend]: unknown[]): Result<SubmitArguments, Problem> {
  const checked = parseCreateJob(toPlainJson(given));
  if (!('body' in checked)) return fail({ kind: 'invalid', faults: checked.faults });
  const submissionId = parseSubmissionId(id);
  if (!submissionId) return fail({ kind: 'invalid', faults: [{ path: [], key: 'submission.id' }] });
  return ok([
    checked.body,
    submissionId,
    Number.isSafeInteger(again) ? Number(again) : undefined,
    resend === true,
  ]);
}

/** Actions can carry what JSON cannot (dates, maps, cycles); a body is what would be left of it on the wire. */
function toPlainJson(value: unknown): unknown {
  try {
    return JSON.parse(JSON.stringify(value) ?? 'null');
  } catch {
    return undefined;
  }
}

/**
 * `again` is the attempt whose refusal the person has seen and now repeats; without it a body that was refused once
 * gives that refusal again, and nothing is sent.
 */
export const submitJob = guardAction(
  parseSubmit,
  async ([body, submissionId, again, resend], who): Promise<Result<SubmitOutcome, Problem>> => {
    const given = await services();
    const options = { resend, ...(again === undefined ? {} : { again }) };
    const outcome = await given.ledger.submit(body, submissionId, who.id, options);
    given.forget(toSharedKey(given, 'ListJobs'));
    return toSubmitOutcome(outcome);
  },
);

const jobIdOnly = argumentsOf(z.tuple([z.string().regex(idPattern)]));

export const stopJob = guardAction(jobIdOnly, async ([jobId]) => change('stopJob', jobId));

export const deleteJob = guardAction(jobIdOnly, async ([jobId]) => change('deleteJob', jobId));

async function change(
  operation: 'stopJob' | 'deleteJob',
  jobId: string,
): Promise<Result<{ jobId: string }, Problem>> {
  const given = await services();
  const answer = await given.dlc[operation](jobId);
  // Also after a failure: an answer that got lost may have changed the job.
  given.forget(toSharedKey(given, 'GetJob', jobId));
  given.forget(toSharedKey(given, 'ListJobs'));
  return answer.ok ? ok({ jobId }) : answer;
}
