'use client';

import { CopyPlus, OctagonX } from 'lucide-react';
import { useState, useTransition } from 'react';
import { ProblemNotice } from '@/components/job/problem-notice';
import { Button, LinkButton } from '@/components/ui/button';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import type { Job } from '@/lib/dlc/job';
import { canStop, isTerminal } from '@/lib/dlc/status';
import { useText } from '@/lib/i18n/text-context';
import type { Problem } from '@/lib/problem';
import { settleAction } from '@/lib/query/settle-action';
import type { Result } from '@/lib/result';
import { routes } from '@/lib/routes';

export type StopJob = (jobId: string) => Promise<Result<{ jobId: string }, Problem>>;

/** A new job on the one side, the end of this one on the other; deleting is far below. */
export function JobActions(props: { job: Job; stopJob: StopJob; read: () => void }) {
  const { t } = useText();
  const { JobId: jobId, Status: status, DisplayName: name } = props.job;
  const [problem, setProblem] = useState<Problem>();
  const [pending, start] = useTransition();
  const stop = () =>
    start(async () => {
      const answer = await settleAction(props.stopJob(jobId));
      setProblem(answer.ok ? undefined : answer.problem);
      props.read();
    });
  const stoppable = canStop(status);
  return (
    <div className="space-y-3">
      <div className="flex flex-wrap items-center justify-between gap-x-8 gap-y-4">
        <LinkButton href={routes.newJobFrom(jobId)} prefetch={false}>
          <CopyPlus aria-hidden size={16} />
          {t('job.clone')}
        </LinkButton>
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
          {!stoppable && (
            <span id="stop-reason" className="text-muted text-sm">
              {t(isTerminal(status) ? 'job.stop.ended' : 'job.stop.asked')}
            </span>
          )}
          <ConfirmDialog
            trigger={
              <Button
                look="danger"
                disabled={!stoppable || pending}
                {...(stoppable ? {} : { 'aria-describedby': 'stop-reason' })}
              >
                <OctagonX aria-hidden size={16} />
                {t(pending ? 'job.stop.pending' : 'job.stop')}
              </Button>
            }
            title={t('job.stop.title', { name: name || jobId })}
            confirm={t('job.stop')}
            onConfirm={stop}
          >
            <p>{t('job.stop.text')}</p>
          </ConfirmDialog>
        </div>
      </div>
      {problem && <ProblemNotice problem={problem} wrote />}
    </div>
  );
}
