'use client';

import type { ReactNode } from 'react';
import { Facts } from '@/components/job/facts';
import { ProblemNotice } from '@/components/job/problem-notice';
import { useNow } from '@/components/job/use-now';
import { Button, LinkButton } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { Time } from '@/components/ui/time';
import { formatDuration } from '@/lib/i18n/format';
import { useText } from '@/lib/i18n/text-context';
import type { SubmissionSearch as Search, SubmissionView } from '@/lib/query/submission-view';
import { routes } from '@/lib/routes';
import type { SubmissionActions } from './submission-actions';
import { useAct } from './use-act';

type Props = { submission: SubmissionView; actions: SubmissionActions; read: () => void };

/** How the job of an unanswered submission is being searched for, and a way to search now or to leave. */
export function SubmissionSearch({ submission, actions, read }: Props) {
  const { t } = useText();
  const { id, state, search } = submission;
  const { problem, isPending, act } = useAct(read);
  if (!search || (state !== 'unconfirmed' && state !== 'needs-attention')) return null;
  return (
    <Card title={t('submission.search')}>
      <div className="space-y-4">
        <Facts facts={toFacts(search, t)} />
        <div className="flex flex-wrap items-center gap-2">
          <Button
            aria-disabled={isPending}
            className="aria-disabled:opacity-60"
            onClick={() => !isPending && act(() => actions.checkNow(id))}
          >
            {t(isPending ? 'submission.checking' : 'submission.checkNow')}
          </Button>
          <LinkButton look="quiet" href={routes.submissions}>
            {t('submission.stopWaiting')}
          </LinkButton>
          <p className="basis-full text-muted text-sm">{t('submission.stopWaiting.hint')}</p>
        </div>
        {problem && <ProblemNotice problem={problem} />}
      </div>
    </Card>
  );
}

function toFacts({ looks, nextAt, last, absentFrom }: Search, t: ReturnType<typeof useText>['t']) {
  return [
    { name: t('submission.search.looks'), value: looks === 0 ? t('submission.search.none') : looks },
    ...(last ? [{ name: t('submission.search.last'), value: <LastLook last={last} /> }] : []),
    {
      name: t('submission.search.next'),
      value: nextAt ? <Until at={nextAt} /> : t('submission.search.over'),
    },
    { name: t('submission.search.absentFrom'), value: <Time value={absentFrom} /> },
  ];
}

function LastLook({ last }: { last: NonNullable<Search['last']> }) {
  const { t } = useText();
  const outcome = last.problem
    ? 'submission.search.failed'
    : last.isComplete
      ? 'submission.search.found'
      : 'submission.search.partly';
  return (
    <>
      <Time value={last.at} /> · {t(outcome, { count: last.jobs })}
    </>
  );
}

/** Counts down to a moment; before the browser knows its clock, the moment itself. */
function Until({ at }: { at: string }): ReactNode {
  const { t, locale } = useText();
  const now = useNow();
  if (now === undefined) return <Time value={at} />;
  const seconds = Math.ceil((Date.parse(at) - now) / 1000);
  if (seconds <= 0) return t('submission.search.now');
  return t('submission.search.in', { time: formatDuration(locale, seconds) });
}
