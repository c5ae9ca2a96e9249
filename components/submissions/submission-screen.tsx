'use client';

import { useRouter } from 'next/navigation';
import { useEffect } from 'react';
import { Identifier } from '@/components/job/identifier';
import { JsonBlock } from '@/components/job/json-block';
import { StaleNotice } from '@/components/job/stale-notice';
import { TwinsNotice } from '@/components/job/twins-notice';
import { submissionTag } from '@/lib/dlc/mark';
import { useText } from '@/lib/i18n/text-context';
import type { Problem } from '@/lib/problem';
import type { PollIntervals } from '@/lib/query/poll';
import { submissionQuery } from '@/lib/query/queries';
import type { SubmissionView } from '@/lib/query/submission-view';
import { useReading } from '@/lib/query/use-reading';
import type { Result } from '@/lib/result';
import { routes } from '@/lib/routes';
import type { SubmissionActions } from './submission-actions';
import { SubmissionBadge } from './submission-badge';
import { SubmissionDecision } from './submission-decision';
import { SubmissionEvidence } from './submission-evidence';
import { SubmissionSearch } from './submission-search';
import { SubmissionVerdict } from './submission-verdict';

type Props = {
  id: string;
  first: Result<SubmissionView, Problem>;
  poll: PollIntervals;
  actions: SubmissionActions;
};

export function SubmissionScreen({ id, first, poll, actions }: Props) {
  const { t } = useText();
  const router = useRouter();
  const reading = useReading(submissionQuery(id, poll), first);
  const submission = reading.value;
  const jobId = submission?.state === 'accepted' ? submission.jobId : '';
  useEffect(() => {
    if (jobId) router.replace(routes.job(jobId));
  }, [jobId, router]);
  if (!submission) return <StaleNotice reading={reading} />;
  return (
    <div className="space-y-5">
      <header className="space-y-3">
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1.5">
          <h1 className="min-w-0 font-semibold text-2xl [overflow-wrap:anywhere]">
            {submission.displayName || t('submission.title')}
          </h1>
          <span role="status">
            <SubmissionBadge state={submission.state} />
          </span>
        </div>
        <p className="flex flex-wrap gap-x-6 gap-y-1">
          <Identifier name={t('submission.id')} value={submission.id} />
          <Identifier name="JobId" value={submission.jobId} />
          <Identifier name="RequestId" value={submission.requestId} />
        </p>
      </header>
      <StaleNotice reading={reading} />
      <TwinsNotice jobs={submission.otherJobs} />
      <SubmissionVerdict submission={submission} actions={actions} read={reading.read} />
      <SubmissionDecision submission={submission} actions={actions} read={reading.read} />
      <SubmissionSearch submission={submission} actions={actions} read={reading.read} />
      <SubmissionEvidence submission={submission} />
      <JsonBlock title={t('sent.title')} value={submission.body}>
        <p>
          {t('sent.masked')} {t('sent.mark', { tag: submissionTag })}
        </p>
      </JsonBlock>
    </div>
  );
}
