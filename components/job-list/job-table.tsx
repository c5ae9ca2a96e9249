'use client';

import { Elapsed } from '@/components/job/elapsed';
import { RowLink } from '@/components/job/row-link';
import { StatusBadge } from '@/components/job/status-badge';
import { Cell, RowHeader, Table } from '@/components/job/table';
import { Time } from '@/components/ui/time';

import { useText } from '@/lib/i18n/text-context';
import type { JobRow } from '@/lib/query/job-row';
import { routes } from '@/lib/routes';

const wide = 'hidden md:table-cell';

/** On a phone the time stands under the name, and type and submitter are left to the job's page. */
export function JobTable({ jobs }: { jobs: JobRow[] }) {
  const { t } = useText();
  const columns = [
    { name: t('job.name') },
    { name: t('job.status') },
    { name: t('job.type'), className: wide },
    { name: t('job.user'), className: wide },
    { name: t('job.created'), className: wide },
    { name: t('job.duration'), className: wide },
  ];
  return (
    <Table label={t('jobs.title')} columns={columns} className="rounded-lg border border-line bg-surface">
      {jobs.map((job) => (
        <Row key={job.JobId} job={job} />
      ))}
    </Table>
  );
}

function Row({ job }: { job: JobRow }) {
  return (
    <tr className="hover:bg-sunken">
      <RowHeader className="w-full min-w-36">
        <RowLink href={routes.job(job.JobId)}>{job.DisplayName || job.JobId}</RowLink>
        <code className="block text-muted text-sm [overflow-wrap:anywhere]">{job.JobId}</code>
        <span className="block text-muted text-sm md:hidden [&_time]:whitespace-normal">
          <Time value={job.GmtCreateTime} />
        </span>
      </RowHeader>
      <Cell>
        <StatusBadge status={job.Status} />
      </Cell>
      <Cell className={wide}>{job.JobType}</Cell>
      <Cell className={wide}>
        <span className="block max-w-40 truncate" title={job.Username || job.UserId}>
          {job.Username || job.UserId || '–'}
        </span>
      </Cell>
      <Cell className={wide}>
        <Time value={job.GmtCreateTime} />
      </Cell>
      <Cell className={wide}>
        <Elapsed from={job.GmtRunningTime} to={job.GmtFinishTime} />
      </Cell>
    </tr>
  );
}
