'use client';

import { useState } from 'react';
import { useFormContext, useWatch } from 'react-hook-form';
import { Button } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import type { Draft, RoleDraft } from '@/lib/dlc/draft';
import { useText } from '@/lib/i18n/text-context';
import { focusOnArrival, UndoLine } from './undo-line';

/** Roles the job type does not have. They come back with a type that has them, or when asked for. */
export function ParkedRoles() {
  const { t } = useText();
  const { getValues, setValue } = useFormContext<Draft>();
  const parked = useWatch<Draft, 'parked'>({ name: 'parked' });
  const jobType = useWatch<Draft, 'JobType'>({ name: 'JobType' });
  const [gone, setGone] = useState<{ role: RoleDraft; at: number; key: number }>();
  const [back, setBack] = useState<number>();
  const drop = (index: number) => setValue('parked', parked.toSpliced(index, 1), { shouldDirty: true });
  const bringBack = (index: number) => {
    const role = parked[index];
    if (!role) return;
    setValue('JobSpecs', [...getValues('JobSpecs'), role]);
    drop(index);
  };
  const discard = (index: number) => {
    const role = parked[index];
    if (!role) return;
    setGone((last) => ({ role, at: index, key: (last?.key ?? 0) + 1 }));
    setBack(undefined);
    drop(index);
  };
  const undo = () => {
    if (!gone) return;
    setValue('parked', parked.toSpliced(gone.at, 0, gone.role), { shouldDirty: true });
    setBack(gone.at);
    setGone(undefined);
  };
  const undoLine = gone && (
    <UndoLine key={gone.key} text={t('form.removed', { what: gone.role.Type })} onUndo={undo} />
  );
  if (parked.length === 0) return undoLine;
  return (
    <>
      <Notice title={t('form.parked.title')} live>
        <ul className="space-y-2">
          {parked.map((role, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: roles set aside have no identity but their place
            <li key={index} className="flex flex-wrap items-center gap-2">
              <span className="min-w-0 flex-1">{t('form.parked.roles', { jobType, role: role.Type })}</span>
              <Button
                small
                ref={index === back ? focusOnArrival : undefined}
                onClick={() => bringBack(index)}
              >
                {t('form.parked.back', { role: role.Type })}
              </Button>
              <Button small look="quiet" onClick={() => discard(index)}>
                {t('form.parked.discard', { role: role.Type })}
              </Button>
            </li>
          ))}
        </ul>
      </Notice>
      {undoLine}
    </>
  );
}
