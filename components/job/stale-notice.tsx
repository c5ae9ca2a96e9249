'use client';

import { Button } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import { Time } from '@/components/ui/time';
import { useText } from '@/lib/i18n/text-context';
import type { Reading } from '@/lib/query/use-reading';
import { ProblemNotice } from './problem-notice';

/** That nothing is known yet, or why what is shown is not the latest; nothing where the last reading went well. */
export function StaleNotice({ reading }: { reading: Reading<unknown> }) {
  const { t } = useText();
  const { value, problem, readAt, read } = reading;
  if (problem === undefined)
    return value === undefined ? (
      <p role="status" className="text-muted">
        {t('loading')}
      </p>
    ) : null;
  return (
    <div className="space-y-2">
      {problem === 'offline' ? (
        <Notice tone="warn" live title={t('reading.offline.title')}>
          <p>{t('reading.offline.text')}</p>
        </Notice>
      ) : (
        <ProblemNotice problem={problem} />
      )}
      <p className="flex flex-wrap items-center gap-x-3 gap-y-1 text-muted text-sm">
        {value !== undefined && (
          <span>
            {t('reading.lastKnown')} <Time value={new Date(readAt).toISOString()} />
          </span>
        )}
        <Button small onClick={read}>
          {t('retry')}
        </Button>
      </p>
    </div>
  );
}
