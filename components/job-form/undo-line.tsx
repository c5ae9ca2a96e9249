'use client';

import { useId } from 'react';
import { Button } from '@/components/ui/button';
import { useText } from '@/lib/i18n/text-context';

/** A ref for what comes in place of a button that was pressed and is gone. */
export function focusOnArrival(element: HTMLElement | null) {
  element?.focus();
}

/** Stands where something was taken away. It takes the focus, which the button that was pressed has lost. */
export function UndoLine({ text, onUndo }: { text: string; onUndo: () => void }) {
  const { t } = useText();
  const id = useId();
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1 rounded-lg border border-line border-dashed px-4 py-1.5 text-muted">
      <span id={id} role="status" className="line-clamp-2 min-w-0 [overflow-wrap:anywhere]">
        {text}
      </span>
      <Button small ref={focusOnArrival} aria-describedby={id} onClick={onUndo}>
        {t('form.undo')}
      </Button>
    </div>
  );
}
