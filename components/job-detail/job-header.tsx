'use client';

import { useEffect } from 'react';
import { describeMeaning, describeStatus } from '@/components/job/describe-status';
import { Identifier } from '@/components/job/identifier';
import { StaleNotice } from '@/components/job/stale-notice';
import { StatusBadge } from '@/components/job/status-badge';
import { useText } from '@/lib/i18n/text-context';
import { type JobReading, useJob } from '@/lib/query/use-reading';
import { JobActions, type StopJob } from './job-actions';
import { JobReason } from './job-reason';

type Props = JobReading & {
  /** What the ledger knows: a name while the job cannot be read, and the answer to CreateJob. */
  sent: { displayName: string; requestId: string } | undefined;
  stopJob: StopJob;
};

export function JobHeader({ sent, stopJob, ...given }: Props) {
  const text = useText();
  const reading = useJob(given);
  const job = reading.value;
  const name = job?.DisplayName || sent?.displayName || given.jobId;
  const meaning = job && describeMeaning(text, job.Status);
  // The server wrote the title with the first reading; a tab in the background shows the later ones.
  const title = job && text.t('job.pageTitle', { name, status: describeStatus(text, job.Status) });
  useEffect(() => {
    if (title) document.title = `${title} · ${text.t('app.name')}`;
  }, [title, text]);
  return (
    <header className="space-y-3">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1.5">
        <h1 className="min-w-0 font-semibold text-2xl [overflow-wrap:anywhere]">{name}</h1>
        <span role="status">{job && <StatusBadge status={job.Status} />}</span>
      </div>
      {meaning && <p className="text-muted">{meaning}</p>}
      <p className="flex flex-wrap gap-x-6 gap-y-1">
        <Identifier name="JobId" value={given.jobId} />
        {sent?.requestId ? (
          <Identifier name="RequestId" value={sent.requestId} />
        ) : (
          <Identifier name="RequestId (GetJob)" value={job?.RequestId ?? ''} />
        )}
      </p>
      <StaleNotice reading={reading} />
      {job && <JobReason job={job} />}
      {job && <JobActions job={job} stopJob={stopJob} read={reading.read} />}
    </header>
  );
}
