'use client';

import { RowLink } from '@/components/job/row-link';
import { Cell, RowHeader, Table } from '@/components/job/table';
import { Time } from '@/components/ui/time';
import { useText } from '@/lib/i18n/text-context';
import type { SubmissionSummary } from '@/lib/query/submission-view';
import { routes } from '@/lib/routes';
import { SubmissionBadge } from './submission-badge';

const wide = 'hidden md:table-cell';

/** Who sent what and when, and what became of it. An accepted one leads to its job, every other one to its evidence. */
export function SubmissionTable({ submissions }: { submissions: SubmissionSummary[] }) {
  const { t } = useText();
  const columns = [
    { name: t('submission.what') },
    { name: t('submission.outcome') },
    { name: t('submission.when'), className: wide },
    { name: t('submission.who'), className: wide },
    { name: t('submission.ids'), className: wide },
  ];
  return (
    <Table
      label={t('submissions.title')}
      columns={columns}
      className="rounded-lg border border-line bg-surface"
    >
      {submissions.map((submission) => (
        <SubmissionRow key={submission.id} submission={submission} />
      ))}
    </Table>
  );
}

function SubmissionRow({ submission }: { submission: SubmissionSummary }) {
  const { id, jobId, requestId, displayName, jobType, who, submittedAt, state } = submission;
  return (
    <tr className="hover:bg-sunken">
      <RowHeader className="min-w-36">
        <RowLink href={state === 'accepted' && jobId ? routes.job(jobId) : routes.submission(id)}>
          {displayName || id}
        </RowLink>
        <span className="block text-muted text-sm">{jobType}</span>
        <span className="block text-muted text-sm md:hidden [&_time]:whitespace-normal">
          <Time value={submittedAt} />
        </span>
      </RowHeader>
      <Cell>
        <SubmissionBadge state={state} />
      </Cell>
      <Cell className={wide}>
        <Time value={submittedAt} />
      </Cell>
      <Cell className={wide}>{who}</Cell>
      <Cell className={wide}>
        {jobId && <code className="block text-sm [overflow-wrap:anywhere]">{jobId}</code>}
        {requestId && <code className="block text-muted text-sm [overflow-wrap:anywhere]">{requestId}</code>}
        {!jobId && !requestId && '–'}
      </Cell>
    </tr>
  );
}
