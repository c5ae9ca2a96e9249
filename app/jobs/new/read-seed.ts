import 'server-only';
import { findSubmissionOfJob, readSubmission } from '@/app/submissions/reads';
import { toBodyOfJob } from '@/lib/dlc/clone';
import { isBag } from '@/lib/dlc/draft-codec';
import { starterJob } from '@/lib/dlc/starter';
import type { Seed } from '@/lib/form/draft-store';
import { parseId } from '@/lib/routes';
import { services } from '@/lib/server/services';

export type Wish = { from?: unknown; submission?: unknown; starter?: unknown };

/** What the form is to start from; undefined where nothing was wished for or it cannot be read. Secrets are masked. */
export async function readSeed({ from, submission, starter }: Wish): Promise<Seed | undefined> {
  if (from !== undefined) return readJobSeed(parseId(from));
  if (submission !== undefined) {
    const sent = await readSubmission(submission);
    if (!sent.ok || !isBag(sent.value.body)) return undefined;
    return { body: sent.value.body, submissionId: sent.value.id };
  }
  return starter === undefined ? undefined : { body: starterJob };
}

/** As it was sent where the ledger knows it, else as the DLC tells it. */
async function readJobSeed(jobId: string | undefined): Promise<Seed | undefined> {
  if (!jobId) return undefined;
  const sent = await findSubmissionOfJob(jobId);
  // What made another job of the same submission may have been sent before the body was edited.
  if (sent?.jobId === jobId && isBag(sent.body)) return { body: sent.body, from: jobId };
  const job = await (await services()).dlc.getJob(jobId);
  return job.ok ? { body: toBodyOfJob(job.value), from: jobId } : undefined;
}
