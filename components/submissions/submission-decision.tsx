'use client';

import { ProblemNotice } from '@/components/job/problem-notice';
import { RowLink } from '@/components/job/row-link';
import { StatusBadge } from '@/components/job/status-badge';
import { Cell, RowHeader, Table } from '@/components/job/table';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { Time } from '@/components/ui/time';
import { useText } from '@/lib/i18n/text-context';
import type { Candidate, SubmissionView } from '@/lib/query/submission-view';
import { routes } from '@/lib/routes';
import type { SubmissionActions } from './submission-actions';
import { useAct } from './use-act';

type Props = { submission: SubmissionView; actions: SubmissionActions; read: () => void };

/** What no listing could settle: the jobs it could be, and a person's word on it. */
export function SubmissionDecision({ submission, actions, read }: Props) {
  const { t } = useText();
  const { id, state, attempt, candidates } = submission;
  const { problem, isPending, act } = useAct(read);
  if (state !== 'needs-attention') return null;
  const decide = (said: { jobId: string } | 'no-job') => {
    if (!isPending) act(() => actions.decide(id, attempt, said));
  };
  return (
    <Card title={t('submission.decide.title')}>
      <div className="space-y-4">
        {candidates && !candidates.ok && (
          <>
            <p>{t('submission.decide.failed')}</p>
            <ProblemNotice problem={candidates.problem} live={false} />
          </>
        )}
        {candidates?.ok && candidates.value.length === 0 && <p>{t('submission.decide.none')}</p>}
        {candidates?.ok && candidates.value.length > 0 && (
          <>
            <p className="text-muted">{t('submission.decide.text')}</p>
            <Candidates jobs={candidates.value} isPending={isPending} choose={(jobId) => decide({ jobId })} />
          </>
        )}
        <ConfirmDialog
          trigger={<Button disabled={isPending}>{t('submission.decide.noJob')}</Button>}
          title={t('submission.decide.noJob.title')}
          confirm={t('submission.decide.noJob')}
          onConfirm={() => decide('no-job')}
        >
          <p>{t('submission.decide.noJob.text')}</p>
        </ConfirmDialog>
        {problem && <ProblemNotice problem={problem} wrote />}
      </div>
    </Card>
  );
}

function Candidates(props: { jobs: Candidate[]; isPending: boolean; choose: (jobId: string) => void }) {
  const { t } = useText();
  const columns = [
    { name: t('submission.what') },
    { name: t('job.status') },
    { name: t('job.created') },
    { name: t('submission.decide.evidence') },
    { name: '' },
  ];
  return (
    <Table
      label={t('submission.decide.title')}
      columns={columns}
      className="rounded-lg border border-line bg-surface"
    >
      {props.jobs.map(({ jobId, displayName, jobType, status, createdAt, isMarked }) => (
        <tr key={jobId}>
          <RowHeader className="min-w-36">
            <RowLink href={routes.job(jobId)}>{displayName || jobId}</RowLink>
            <span className="block text-muted text-sm">
              {jobType} · <code>{jobId}</code>
            </span>
          </RowHeader>
          <Cell>
            <StatusBadge status={status} />
          </Cell>
          <Cell>
            <Time value={createdAt} />
          </Cell>
          <Cell>{t(isMarked ? 'submission.decide.marked' : 'submission.decide.unmarked')}</Cell>
          <Cell>
            <Button small disabled={props.isPending} onClick={() => props.choose(jobId)}>
              {t('submission.decide.this')}
            </Button>
          </Cell>
        </tr>
      ))}
    </Table>
  );
}
