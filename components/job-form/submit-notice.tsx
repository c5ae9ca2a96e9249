'use client';

import { ProblemNotice } from '@/components/job/problem-notice';
import { Button, LinkButton } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import { useText } from '@/lib/i18n/text-context';
import { routes } from '@/lib/routes';
import type { SubmitState } from './use-submit';

/** What became of pressing Submit, where it did not lead to a page of its own. */
export function SubmitNotice(props: { state: SubmitState; onAgain: () => void; submissionId: string }) {
  const { t } = useText();
  const { state } = props;
  switch (state.phase) {
    case 'idle':
      return null;
    case 'sending':
      return (
        <p role="status" className="text-muted">
          {t('form.submitting.text')}
        </p>
      );
    case 'problem':
      return <ProblemNotice problem={state.problem} wrote />;
    case 'lost':
      return (
        <Notice tone="warn" title={t('form.lost.title')} live>
          <p>{t('form.lost.text')}</p>
        </Notice>
      );
    case 'stale':
      return (
        <Notice tone="warn" title={t('form.stale.title')} live>
          <p>{t('form.stale.text')}</p>
          <Button small onClick={() => window.location.reload()}>
            {t('form.stale.reload')}
          </Button>
        </Notice>
      );
    case 'conflict':
      return (
        <Notice tone="warn" title={t('form.conflict.title')} live>
          <p>{t('form.conflict.text')}</p>
          <div className="flex flex-wrap gap-2">
            <LinkButton
              small
              href={state.jobId ? routes.job(state.jobId) : routes.submission(props.submissionId)}
            >
              {t('form.conflict.open')}
            </LinkButton>
            <Button small onClick={props.onAgain}>
              {t('form.conflict.new')}
            </Button>
          </div>
        </Notice>
      );
  }
}
