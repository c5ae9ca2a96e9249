import 'server-only';
import type { Problem } from '@/lib/problem';
import { pageSize } from '@/lib/query/page';
import type { SubmissionPage, SubmissionView } from '@/lib/query/submission-view';
import { fail, ok, type Result } from '@/lib/result';
import { services } from '@/lib/server/services';
import { parseSubmissionId } from '@/lib/server/submission';
import { toSubmissionSummary, toSubmissionView } from './to-view';

export async function readSubmission(value: unknown): Promise<Result<SubmissionView, Problem>> {
  const id = parseSubmissionId(value);
  const { ledger, connection } = await services();
  const found = id && (await ledger.get(id));
  if (found) return ok(toSubmissionView(found, connection));
  const message = 'This Jobwright has no such submission.';
  return fail({
    kind: 'refused',
    api: { status: 404, code: 'JobwrightUnknownSubmission', message, requestId: '' },
  });
}

/** The submission a job came from: of this endpoint if there is one, else of any. */
export async function findSubmissionOfJob(jobId: string): Promise<SubmissionView | undefined> {
  const { ledger, connection } = await services();
  const found =
    (await ledger.findByJobId(connection.endpoint, jobId)) ?? (await ledger.findByJobId(undefined, jobId));
  return found && toSubmissionView(found, connection);
}

export async function readSubmissions(page: number): Promise<SubmissionPage> {
  const { ledger } = await services();
  const { submissions, total } = await ledger.list({ page, pageSize });
  return { submissions: submissions.map(toSubmissionSummary), total };
}
