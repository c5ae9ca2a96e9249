import 'server-only';
import type { Problem } from '@/lib/problem';
import { pageSize } from '@/lib/query/page';
import type { SubmissionQuery } from '@/lib/query/submission-query';
import type { Candidate, SubmissionPage, SubmissionView } from '@/lib/query/submission-view';
import { fail, ok, type Result } from '@/lib/result';
import { services } from '@/lib/server/services';
import type { SubmissionFilter } from '@/lib/server/store/submissions';
import { parseSubmissionId } from '@/lib/server/submission';
import { toEvent, toSubmissionSummary, toSubmissionView } from './to-view';

export async function readSubmission(value: unknown): Promise<Result<SubmissionView, Problem>> {
  const id = parseSubmissionId(value);
  const { ledger, connection } = await services();
  const found = id && (await ledger.get(id));
  if (found) {
    const view = toSubmissionView(found, connection);
    return ok(
      found.state === 'needs-attention' ? { ...view, candidates: await readCandidates(found.id) } : view,
    );
  }
  const message = 'This Jobwright has no such submission.';
  return fail({
    kind: 'refused',
    api: { status: 404, code: 'JobwrightUnknownSubmission', message, requestId: '' },
  });
}

const candidatesForMs = 20_000;

/** The jobs a person may choose from; a listing is long, and several may look. */
async function readCandidates(id: string): Promise<Result<Candidate[], Problem>> {
  const { ledger, coalesce } = await services();
  return coalesce(['candidates', id], candidatesForMs, async () => {
    const listed = await ledger.candidates(id);
    if (!listed.ok) return listed;
    return ok(listed.value.map(({ mark, ...job }) => ({ ...job, isMarked: mark !== undefined })));
  });
}

/** The submission a job came from: of this endpoint if there is one, else of any. */
export async function findSubmissionOfJob(jobId: string): Promise<SubmissionView | undefined> {
  const { ledger, connection } = await services();
  const found =
    (await ledger.findByJobId(connection.endpoint, jobId)) ?? (await ledger.findByJobId(undefined, jobId));
  return found && toSubmissionView(found, connection);
}

export async function readSubmissions({ page, ...filter }: SubmissionQuery): Promise<SubmissionPage> {
  const { ledger } = await services();
  const { submissions, total } = await ledger.list({ ...toFilter(filter), page, pageSize });
  return { submissions: submissions.map(toSubmissionSummary), total };
}

/** What the address says, as the ledger asks for it. The last day counts whole. */
function toFilter({ states, who, text, from, to }: Omit<SubmissionQuery, 'page'>): SubmissionFilter {
  const dayAfter = to && new Date(Date.parse(to) + 86_400_000).toISOString();
  return {
    ...(states.length > 0 ? { states } : {}),
    ...(who ? { who } : {}),
    ...(text ? { text } : {}),
    ...(from ? { from: `${from}T00:00:00.000Z` } : {}),
    ...(dayAfter ? { to: dayAfter } : {}),
  };
}

const exportPage = 500;

/** All submissions that fit, newest first, without their bodies. */
export async function* exportSubmissions(filter: Omit<SubmissionQuery, 'page'>): AsyncGenerator<string> {
  const { ledger } = await services();
  // What is submitted while this is read must not shift the pages.
  const until = new Date().toISOString();
  const narrowed = toFilter(filter);
  const to = narrowed.to && narrowed.to < until ? narrowed.to : until;
  for (let page = 1; ; page += 1) {
    const { submissions } = await ledger.list({ ...narrowed, to, page, pageSize: exportPage });
    for (const one of submissions) {
      const { body: _body, events, ...rest } = one;
      yield `${JSON.stringify({ ...rest, events: events.map(toEvent) })}\n`;
    }
    if (submissions.length < exportPage) return;
  }
}
