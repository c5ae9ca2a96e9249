import 'server-only';
import { readMark } from '@/lib/dlc/mark';
import type { Problem } from '@/lib/problem';
import { fail, ok } from '@/lib/result';
import type { Dlc } from './dlc';
import type { Ledger } from './ledger';
import { listWindow } from './listing';
import { toSubmissionWindow } from './recovery';
import type { Store } from './store/schema';
import { findSubmission, findSubmissionOfJob, moveSubmission } from './store/submissions';
import type { Timing } from './timing';

type Options = {
  store: Store;
  dlc: Pick<Dlc, 'countJobs' | 'getJob'>;
  timing: Timing;
  clock: () => Date;
};

/** What a person needs to settle a submission that no listing could settle, and what becomes of their word. */
export function newDecisions({ store, dlc, timing, clock }: Options): Pick<Ledger, 'candidates' | 'decide'> {
  return {
    async candidates(id) {
      const row = await findSubmission(store, id);
      if (!row?.signed_at) return ok([]);
      const window = toSubmissionWindow(row, timing.absenceAfterMs);
      const listing = await listWindow(dlc, window, clock, { submission: id });
      if (listing.problem) return fail(listing.problem);
      return ok(
        listing.jobs.filter(
          ({ mark, displayName }) => mark === id || (mark === undefined && displayName === row.display_name),
        ),
      );
    },

    async decide(id, attempt, decision, who) {
      const jobId = decision === 'no-job' ? null : decision.jobId;
      if (jobId !== null) {
        const problem = await findObjection(id, jobId);
        if (problem) return fail(problem);
      }
      const at = clock();
      const watchAt = new Date(at.getTime() + timing.watchEveryMs).toISOString();
      const fence = { id, states: ['needs-attention' as const], attempt };
      const state = jobId === null ? ('not-created' as const) : ('accepted' as const);
      const change = {
        state,
        job_id: jobId,
        ...(jobId === null ? {} : { problem: null }),
        updated_at: at.toISOString(),
        // A person may err: the job might still turn up.
        doubted: 1,
        resend: 0,
        look_at: watchAt,
      };
      const detail = { decidedBy: who, ...(jobId === null ? {} : { jobId }) };
      return ok(await moveSubmission(store, fence, change, detail));
    },
  };

  /** Why a job cannot be that of the submission. */
  async function findObjection(id: string, jobId: string): Promise<Problem | undefined> {
    const job = await dlc.getJob(jobId, { submission: id });
    if (!job.ok) return job.problem;
    const mark = readMark(job.value);
    const owner = await findSubmissionOfJob(store, jobId);
    if ((mark === undefined || mark === id) && (owner === undefined || owner.id === id)) return undefined;
    const message = `Job ${jobId} belongs to the submission ${owner?.id ?? mark}.`;
    return { kind: 'refused', api: { status: 409, code: 'JobwrightJobOfAnother', message, requestId: '' } };
  }
}
