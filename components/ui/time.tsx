'use client';

import { useSyncExternalStore } from 'react';
import { formatTime } from '@/lib/i18n/format';
import { useText } from '@/lib/i18n/text-context';

const never = () => () => {};

/** A moment in the reader's zone, UTC on hover. The server, which does not know the zone, writes UTC and says so. */
export function Time({ value }: { value: string }) {
  const { locale, t } = useText();
  const inBrowser = useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
  if (value === '') return <span className="text-muted">–</span>;
  const utc = t('time.utc', { time: formatTime(locale, value, 'UTC') });
  return (
    <time dateTime={value} title={utc} className="whitespace-nowrap">
      {inBrowser ? formatTime(locale, value) : utc}
    </time>
  );
}
