import type { Metadata } from 'next';
import { deleteJob, stopJob } from '@/app/jobs/actions';
import { readJob, soon } from '@/app/jobs/reads';
import { findSubmissionOfJob } from '@/app/submissions/reads';
import { describeStatus } from '@/components/job/describe-status';
import { TwinsNotice } from '@/components/job/twins-notice';
import { DeleteJob } from '@/components/job-detail/delete-job';
import { JobActivity } from '@/components/job-detail/job-activity';
import { JobHeader } from '@/components/job-detail/job-header';
import { JobHistory } from '@/components/job-detail/job-history';
import { JobParts } from '@/components/job-detail/job-parts';
import { JobSummary } from '@/components/job-detail/job-summary';
import { ReadBack } from '@/components/job-detail/read-back';
import { SentBody } from '@/components/job-detail/sent-body';
import { UnknownJob } from '@/components/job-detail/unknown-job';
import { JobLogs } from '@/components/job-logs/job-logs';
import { QueryProvider } from '@/lib/query/query-provider';
import type { SubmissionView } from '@/lib/query/submission-view';
import { parseId } from '@/lib/routes';
import { guardMetadata, guardPage } from '@/lib/server/entry';
import { readText } from '@/lib/server/reader';
import { services } from '@/lib/server/services';

type Props = { params: Promise<{ jobId: string }> };

export const generateMetadata = guardMetadata(async ({ params }: Props): Promise<Metadata> => {
  const given = (await params).jobId;
  const jobId = parseId(given);
  const [text, job] = await Promise.all([readText(), jobId ? soon(readJob(jobId)) : undefined]);
  if (!job?.ok) return { title: jobId ?? text.t('unknownJob.unknown.title') };
  const { DisplayName: name, Status: status } = job.value;
  return {
    title: text.t('job.pageTitle', { name: name || job.value.JobId, status: describeStatus(text, status) }),
  };
});

export default guardPage(async ({ params }: Props) => {
  const given = (await params).jobId;
  const jobId = parseId(given);
  const [{ t }, { env, connection }] = await Promise.all([readText(), services()]);
  const { kind, region, endpoint } = connection;
  const here = kind === 'local' ? t('unknownJob.thisMachine') : (region ?? endpoint);
  const unknown = { here, jobId: given, requestId: '' };
  if (!jobId) return <UnknownJob {...unknown} submission={undefined} />;

  const [first, origin] = await Promise.all([soon(readJob(jobId)), findSubmissionOfJob(jobId)]);
  if (first && !first.ok && first.problem.kind === 'refused' && first.problem.api.status === 404)
    return <UnknownJob {...unknown} submission={origin} requestId={first.problem.api.requestId} />;

  // What is kept is the body of the job it was accepted with; another may have been sent before that was edited.
  const submission = origin?.jobId === jobId ? origin : undefined;
  const reading = { jobId, first, poll: env.poll };
  return (
    <QueryProvider>
      <div className="space-y-5">
        {origin && <TwinsNotice jobs={otherJobsOf(origin, jobId)} />}
        <JobHeader {...reading} sent={submission} stopJob={stopJob} />
        <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,1fr)_24rem]">
          <div className="min-w-0 space-y-5">
            <JobLogs {...reading} />
            <JobParts {...reading} />
            <JobActivity {...reading} />
            {submission && <SentBody submission={submission} />}
            <ReadBack {...reading} isOurs={origin !== undefined} />
          </div>
          <div className="min-w-0 space-y-5">
            <JobSummary {...reading} sent={submission} />
            <JobHistory {...reading} />
          </div>
        </div>
        <DeleteJob {...reading} deleteJob={deleteJob} />
      </div>
    </QueryProvider>
  );
});

/** All jobs of the submission but this one. */
function otherJobsOf({ jobId, otherJobs }: SubmissionView, here: string): string[] {
  return [jobId, ...otherJobs].filter((one) => one !== '' && one !== here && otherJobs.length > 0);
}
