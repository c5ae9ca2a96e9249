'use client';

import { Pages } from '@/components/job/pages';
import { StaleNotice } from '@/components/job/stale-notice';

import { useText } from '@/lib/i18n/text-context';
import type { Problem } from '@/lib/problem';
import type { JobRowPage } from '@/lib/query/job-row';
import { countPages } from '@/lib/query/page';
import type { PollIntervals } from '@/lib/query/poll';
import { jobsQuery } from '@/lib/query/queries';
import { useReading } from '@/lib/query/use-reading';
import type { Result } from '@/lib/result';
import { routes } from '@/lib/routes';
import { JobTable } from './job-table';
import { NoJobs } from './no-jobs';

type Props = {
  page: number;
  first: Result<JobRowPage, Problem> | undefined;
  poll: PollIntervals;
  hasStarter: boolean;
};

/** One page of the jobs, newest first, read again while it is looked at. */
export function JobList({ page, first, poll, hasStarter }: Props) {
  const text = useText();
  const reading = useReading(jobsQuery(page, poll), first);
  const { value } = reading;
  return (
    <div className="space-y-4">
      <StaleNotice reading={reading} />
      {value && value.Jobs.length > 0 && (
        <>
          <p className="text-muted text-sm">{text.t('jobs.count', { count: value.TotalCount })}</p>
          <JobTable jobs={value.Jobs} />
        </>
      )}
      {value && value.Jobs.length === 0 && <NoJobs page={page} hasStarter={hasStarter} />}
      {value && (
        <Pages
          text={text}
          page={page}
          count={countPages(value.TotalCount)}
          toHref={(page) => (page === 1 ? routes.jobs : `${routes.jobs}?page=${page}`)}
        />
      )}
    </div>
  );
}
