'use client';

import { Identifier } from '@/components/job/identifier';
import { LinkButton } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import { useText } from '@/lib/i18n/text-context';
import type { SubmissionView } from '@/lib/query/submission-view';
import { routes } from '@/lib/routes';
import { SentBody } from './sent-body';

type Props = {
  jobId: string;
  /** Where this Jobwright looked, by region or address. */
  here: string;
  submission: SubmissionView | undefined;
  /** The API's own words, where it was asked. */
  requestId: string;
};

/** A JobId that cannot be shown: mistyped, gone from the DLC, or of another endpoint. */
export function UnknownJob({ jobId, here, submission, requestId }: Props) {
  const { t } = useText();
  const kind = !submission ? 'unknown' : submission.isHere ? 'gone' : 'elsewhere';
  const there = submission?.region || submission?.endpoint || '';
  return (
    <div className="space-y-5">
      <h1 className="font-semibold text-2xl [overflow-wrap:anywhere]">
        {t(`unknownJob.${kind}.title`, { name: submission?.displayName ?? '' })}
      </h1>
      <Notice tone={kind === 'unknown' ? 'bad' : 'warn'}>
        <p>{t(`unknownJob.${kind}.text`, { here, there })}</p>
      </Notice>
      <p className="flex flex-wrap gap-x-6 gap-y-1">
        <Identifier name="JobId" value={jobId} />
        <Identifier name="RequestId" value={submission?.requestId || requestId} />
      </p>
      {submission && <SentBody submission={submission} open />}
      <div className="flex flex-wrap gap-2">
        <LinkButton href={routes.jobs}>{t('back.jobs')}</LinkButton>
        {submission && (
          <LinkButton href={routes.newJobFrom(jobId)} prefetch={false}>
            {t('job.clone')}
          </LinkButton>
        )}
      </div>
    </div>
  );
}
