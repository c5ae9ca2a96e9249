'use client';

import { type Ref, useSyncExternalStore } from 'react';
import { Notice } from '@/components/ui/notice';
import { fieldFacts, toFieldId } from '@/lib/form/fields';
import { stepOf, steps } from '@/lib/form/steps';
import { useText } from '@/lib/i18n/text-context';
import { useJobForm } from './form-context';

const noFaults = new Map();

/** What keeps the job from being sent; each entry leads to its control. Empty while there is nothing. */
export function FaultSummary({ go, ref }: { go: (name: string) => void; ref: Ref<HTMLElement> }) {
  const { t, sentence, find } = useText();
  const { faults } = useJobForm();
  const all = useSyncExternalStore(faults.subscribe, faults.all, () => noFaults);
  // As the steps follow one another, not as the rules do.
  const place = (name: string) => steps.indexOf(stepOf(name));
  const inOrder = [...all].sort(([one], [other]) => place(one) - place(other));
  const label = (name: string) =>
    name === '' ? t('form.summary.whole') : (find(`field.${toFieldId(name)}`) ?? fieldFacts(name).apiName);
  return (
    <section ref={ref} tabIndex={-1} aria-labelledby="summary-title" className="empty:hidden">
      {all.size > 0 && (
        <Notice
          tone="bad"
          title={<span id="summary-title">{t('form.summary.title', { count: all.size })}</span>}
        >
          <ul className="space-y-1">
            {inOrder.map(([name, fault]) => (
              <li key={name}>
                <button
                  type="button"
                  className="min-h-6 text-start text-accent underline"
                  onClick={() => go(name)}
                >
                  {label(name)} {/\.\d+/.test(name) && <code className="text-xs">{name}</code>}
                </button>{' '}
                <span>{sentence(fault)}</span>
              </li>
            ))}
          </ul>
        </Notice>
      )}
    </section>
  );
}
