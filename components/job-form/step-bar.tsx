'use client';

import { useSyncExternalStore } from 'react';
import { Button } from '@/components/ui/button';
import type { Autosave } from '@/lib/form/autosave';
import { type Step, stepAfter } from '@/lib/form/steps';
import { useText } from '@/lib/i18n/text-context';

type Props = { step: Step; go: (step: Step) => void; autosave: Autosave; isSending: boolean };

export function StepBar({ step, go, autosave, isSending }: Props) {
  const { t } = useText();
  const back = stepAfter(step, -1);
  const isLast = step === 'review';
  return (
    <div className="sticky bottom-0 flex flex-wrap items-center gap-x-3 gap-y-2 border-line border-t bg-ground py-3">
      {back && <Button onClick={() => go(back)}>{t('form.back')}</Button>}
      {isLast ? (
        <Button type="submit" look="primary" aria-disabled={isSending} className="aria-disabled:opacity-60">
          {t(isSending ? 'form.submitting' : 'form.submit')}
        </Button>
      ) : (
        <>
          <Button type="submit" look="primary">
            {t('form.next')}
          </Button>
          <Button onClick={() => go('review')}>{t('form.review')}</Button>
        </>
      )}
      <SavedWhen autosave={autosave} />
    </div>
  );
}

function SavedWhen({ autosave }: { autosave: Autosave }) {
  const { t, locale } = useText();
  const { savedAt, refused } = useSyncExternalStore(autosave.subscribe, autosave.state, autosave.state);
  if (refused)
    return (
      <p role="alert" className="text-bad text-sm">
        {t('form.notSaved')}
      </p>
    );
  const time = new Intl.DateTimeFormat(locale, { timeStyle: 'short' }).format(savedAt);
  return (
    <p className="text-muted text-sm">{savedAt === 0 ? t('form.unsaved') : t('form.saved', { time })}</p>
  );
}
