'use client';

import { useQueryClient } from '@tanstack/react-query';
import { Trash2 } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useState, useTransition } from 'react';
import { ProblemNotice } from '@/components/job/problem-notice';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { canDelete } from '@/lib/dlc/status';
import { useText } from '@/lib/i18n/text-context';
import type { Problem } from '@/lib/problem';
import { settleAction } from '@/lib/query/settle-action';
import { type JobReading, useJob } from '@/lib/query/use-reading';
import type { Result } from '@/lib/result';
import { routes } from '@/lib/routes';

type DeleteJobAction = (jobId: string) => Promise<Result<{ jobId: string }, Problem>>;

export function DeleteJob({ deleteJob, ...given }: JobReading & { deleteJob: DeleteJobAction }) {
  const { t } = useText();
  const job = useJob(given).value;
  const router = useRouter();
  const client = useQueryClient();
  const [problem, setProblem] = useState<Problem>();
  const [pending, start] = useTransition();
  if (!job) return null;
  const remove = () =>
    start(async () => {
      const answer = await settleAction(deleteJob(given.jobId));
      // Another tab was faster: what was asked for is so.
      const isGone = !answer.ok && answer.problem.kind === 'refused' && answer.problem.api.status === 404;
      if (!answer.ok && !isGone) return setProblem(answer.problem);
      client.removeQueries({ queryKey: ['jobs'] });
      router.push(routes.jobs);
    });
  const deletable = canDelete(job.Status);
  return (
    <Card title={t('job.delete.section')}>
      <div className="space-y-3">
        <p id="delete-reason" className="text-muted">
          {t(deletable ? 'job.delete.text' : 'job.delete.notYet')}
        </p>
        <ConfirmDialog
          trigger={
            <Button look="danger" disabled={!deletable || pending} aria-describedby="delete-reason">
              <Trash2 aria-hidden size={16} />
              {t(pending ? 'job.delete.pending' : 'job.delete')}
            </Button>
          }
          title={t('job.delete.title', { name: job.DisplayName || job.JobId })}
          confirm={t('job.delete')}
          onConfirm={remove}
        >
          <p>{t('job.delete.text')}</p>
        </ConfirmDialog>
        {problem && <ProblemNotice problem={problem} wrote />}
      </div>
    </Card>
  );
}
