'use client';

import { ProblemNotice } from '@/components/job/problem-notice';
import { LinkButton } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import { useText } from '@/lib/i18n/text-context';
import type { SubmissionState, SubmissionView } from '@/lib/query/submission-view';
import { routes } from '@/lib/routes';

const tones = {
  reserved: 'info',
  sending: 'info',
  accepted: 'good',
  refused: 'bad',
  unconfirmed: 'warn',
  'not-created': 'info',
  'needs-attention': 'warn',
  cancelled: 'info',
} as const satisfies Record<SubmissionState, string>;

const mayBeSentAgain = new Set<SubmissionState>(['refused', 'not-created', 'cancelled']);

/** What the state means and what to do next; the API's answer beside it where there was one. */
export function SubmissionVerdict({ submission }: { submission: SubmissionView }) {
  const { t } = useText();
  const { state, problem } = submission;
  return (
    <>
      <Notice tone={tones[state]} title={t(`submission.verdict.${state}`)}>
        <p>{t(`submission.next.${state}`)}</p>
        <div className="flex flex-wrap gap-2 pt-1 empty:hidden">
          {mayBeSentAgain.has(state) && (
            <LinkButton small look="primary" href={routes.newJobOf(submission.id)}>
              {t('submission.toForm')}
            </LinkButton>
          )}
          {(state === 'unconfirmed' || state === 'needs-attention') && (
            <LinkButton small href={routes.jobs}>
              {t('submission.toJobs')}
            </LinkButton>
          )}
        </div>
      </Notice>
      {problem && <ProblemNotice problem={problem} wrote live={false} />}
    </>
  );
}
