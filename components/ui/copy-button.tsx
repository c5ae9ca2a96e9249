'use client';

import { Check, Copy } from 'lucide-react';
import { useState } from 'react';
import { useText } from '@/lib/i18n/text-context';
import { Button } from './button';

/** Copies `text`; `what` names it to a screen reader. Without clipboard rights it says so instead of pretending. */
export function CopyButton({ text, what, label }: { text: string; what: string; label?: string }) {
  const { t } = useText();
  const [outcome, setOutcome] = useState<'done' | 'failed'>();
  const copy = async () => {
    const outcome = await navigator.clipboard.writeText(text).then(
      () => 'done' as const,
      () => 'failed' as const,
    );
    setOutcome(outcome);
    setTimeout(() => setOutcome(undefined), 2500);
  };
  return (
    <span className="inline-flex items-center gap-1">
      <Button
        small
        look="quiet"
        onClick={copy}
        aria-label={t('copy.action', { what })}
        title={t('copy.action', { what })}
      >
        {outcome === 'done' ? <Check aria-hidden size={15} /> : <Copy aria-hidden size={15} />}
        {label}
      </Button>
      <span role="status" className="text-muted text-sm empty:hidden">
        {outcome && t(outcome === 'done' ? 'copy.done' : 'copy.failed')}
      </span>
    </span>
  );
}
