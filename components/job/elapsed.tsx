'use client';

import { formatDuration } from '@/lib/i18n/format';
import { useText } from '@/lib/i18n/text-context';
import { useNow } from './use-now';

/** Time between two moments, UTC ISO 8601. Without an end it goes on to the second; without a start it is a dash. */
export function Elapsed({ from, to }: { from: string; to: string }) {
  if (from === '') return <span className="text-muted">–</span>;
  return to === '' ? <Running from={from} /> : <Length fromMs={Date.parse(from)} toMs={Date.parse(to)} />;
}

function Running({ from }: { from: string }) {
  const now = useNow();
  return <Length fromMs={Date.parse(from)} toMs={now} />;
}

function Length({ fromMs, toMs }: { fromMs: number; toMs: number | undefined }) {
  const { locale } = useText();
  const seconds = ((toMs ?? Number.NaN) - fromMs) / 1000;
  return (
    <span className="whitespace-nowrap">{Number.isNaN(seconds) ? '…' : formatDuration(locale, seconds)}</span>
  );
}
