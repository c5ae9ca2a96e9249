'use client';

import { toBody } from '@/lib/dlc/draft';
import { totalsOf } from '@/lib/dlc/totals';
import { useText } from '@/lib/i18n/text-context';
import { describeTotals } from './describe-totals';
import { useSettledDraft } from './form-context';

/** What all roles come to, as of the last rest in typing. */
export function RoleTotals() {
  const text = useText();
  const draft = useSettledDraft();
  const parts = describeTotals(text, totalsOf(toBody(draft)));
  return (
    <p role="status" className="font-medium">
      {text.t('form.words.totals', { parts })}
    </p>
  );
}
