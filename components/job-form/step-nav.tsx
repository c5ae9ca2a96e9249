'use client';

import { clsx } from 'clsx';
import { CircleAlert, CircleCheck } from 'lucide-react';
import { useState, useSyncExternalStore } from 'react';
import { type Step, stepOf, steps } from '@/lib/form/steps';
import { useText } from '@/lib/i18n/text-context';
import { useJobForm } from './form-context';

const noFaults = new Map();

/** On a phone the steps are one line that scrolls: reached by a key or by Next, the current one may lie outside. */
function scrollToMiddle(item: HTMLElement | null) {
  const line = item?.parentElement;
  if (line) line.scrollLeft = item.offsetLeft - (line.clientWidth - item.offsetWidth) / 2;
}

/** Every step can be opened at any time. A step's problems are counted once it was visited or Submit was pressed. */
export function StepNav({ step, go }: { step: Step; go: (step: Step) => void }) {
  const { t } = useText();
  const { faults } = useJobForm();
  const all = useSyncExternalStore(faults.subscribe, faults.all, () => noFaults);
  const [visited, setVisited] = useState<readonly Step[]>([step]);
  if (!visited.includes(step)) setVisited([...visited, step]);
  const counts = new Map<Step, number>();
  for (const name of all.keys()) counts.set(stepOf(name), (counts.get(stepOf(name)) ?? 0) + 1);
  return (
    <nav aria-label={t('form.steps')} className="min-w-0 lg:sticky lg:top-4">
      <ol className="relative flex gap-1 overflow-x-auto pb-1 lg:flex-col lg:overflow-visible">
        {steps.map((item, index) => {
          const left = faults.isRevealed() || (visited.includes(item) && item !== step);
          const count = !left ? 0 : item === 'review' ? all.size : (counts.get(item) ?? 0);
          return (
            <li
              key={item}
              // Anew at each drawing: the words of all steps may have changed, and with them the widths.
              ref={item === step ? (drawn) => scrollToMiddle(drawn) : undefined}
              className="shrink-0"
            >
              <button
                type="button"
                onClick={() => go(item)}
                {...(item === step ? { 'aria-current': 'step' as const } : {})}
                className={clsx(
                  'flex min-h-9 w-full items-center gap-2 rounded-md px-2.5 text-start',
                  item === step ? 'bg-accent-soft font-medium text-accent' : 'hover:bg-sunken',
                )}
              >
                <span className="w-4 shrink-0 text-muted text-sm">{index + 1}</span>
                <span className="flex-1 lg:flex lg:items-center lg:justify-between lg:gap-2">
                  {t(`form.step.${item}`)}
                  {(left || item !== step) && <StepState left={left} count={count} />}
                </span>
              </button>
            </li>
          );
        })}
      </ol>
      <p className="mt-4 px-2.5 text-muted text-xs max-lg:hidden">{t('form.keys')}</p>
    </nav>
  );
}

function StepState({ left, count }: { left: boolean; count: number }) {
  const { t } = useText();
  const state = !left ? 'new' : count > 0 ? 'problem' : 'complete';
  const Icon = { new: undefined, problem: CircleAlert, complete: CircleCheck }[state];
  return (
    <span
      className={clsx(
        'flex items-center gap-1 whitespace-nowrap font-normal text-xs',
        state === 'problem' ? 'text-bad' : 'text-muted',
      )}
    >
      {t(`form.stepState.${state}`, { count })}
      {Icon && <Icon aria-hidden size={15} className={state === 'complete' ? 'text-good' : ''} />}
    </span>
  );
}
