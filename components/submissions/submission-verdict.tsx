'use client';

import { ProblemNotice } from '@/components/job/problem-notice';
import { Button, LinkButton } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import { useText } from '@/lib/i18n/text-context';
import type { SubmissionState, SubmissionView } from '@/lib/query/submission-view';
import { routes } from '@/lib/routes';
import type { SubmissionActions } from './submission-actions';
import { useAct } from './use-act';

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

type Props = { submission: SubmissionView; actions: SubmissionActions; read: () => void };

/** What the state means and what to do next; the API's answer beside it where there was one. */
export function SubmissionVerdict({ submission, actions, read }: Props) {
  const { t } = useText();
  const { id, state, attempt, problem, resend } = submission;
  const { problem: failed, isPending, act } = useAct(read);
  const isUnsent = state === 'refused' && problem?.kind === 'unreachable';
  const isOpen = state === 'unconfirmed' || state === 'needs-attention';
  return (
    <>
      <Notice tone={tones[state]} title={t(`submission.verdict.${state}`)}>
        <p>{t(isUnsent ? 'submission.next.unreachable' : `submission.next.${state}`)}</p>
        {problem?.kind === 'unconfirmed' && <p>{t(`problem.reason.${problem.reason}`)}</p>}
        {resend && isOpen && <p>{t('submission.resend')}</p>}
        {mayBeSentAgain.has(state) && (
          <div className="flex flex-wrap items-center gap-2 pt-1">
            {/* What the API refused as it is has to be changed first. */}
            {(state !== 'refused' || isUnsent) && (
              <Button
                small
                look="primary"
                aria-disabled={isPending}
                onClick={() => !isPending && act(() => actions.submitAgain(id, attempt))}
              >
                {t(
                  isPending
                    ? 'submission.again.pending'
                    : isUnsent
                      ? 'submission.tryAgain'
                      : 'submission.again',
                )}
              </Button>
            )}
            <LinkButton
              small
              href={routes.newJobOf(id)}
              {...(state === 'refused' && !isUnsent && { look: 'primary' })}
            >
              {t('submission.toForm')}
            </LinkButton>
          </div>
        )}
      </Notice>
      {failed && <ProblemNotice problem={failed} wrote />}
      {problem && !(problem.kind === 'unconfirmed' && !problem.api) && (
        <ProblemNotice problem={problem} wrote live={false} />
      )}
    </>
  );
}
