'use client';

import { formatTime } from '@/lib/i18n/format';
import { useText } from '@/lib/i18n/text-context';
import { useInBrowser } from './use-in-browser';

/** A moment in the reader's zone, UTC on hover. The server, which does not know the zone, writes UTC and says so. */
export function Time({ value }: { value: string }) {
  const { locale, t } = useText();
  const inBrowser = useInBrowser();
  if (value === '') return <span className="text-muted">–</span>;
  const utc = t('time.utc', { time: formatTime(locale, value, 'UTC') });
  return (
    <time dateTime={value} title={utc} className="whitespace-nowrap">
      {inBrowser ? formatTime(locale, value) : utc}
    </time>
  );
}
