'use client';

import { useWatch } from 'react-hook-form';
import type { Draft } from '@/lib/dlc/draft';
import { useText } from '@/lib/i18n/text-context';
import { TextField } from './fields';
import { useSettledDraft } from './form-context';

/** With one image for all, a blank one shows what it takes, and an own one is marked. */
export function RoleImage({ index }: { index: number }) {
  const { t } = useText();
  const sameImage = useWatch<Draft, 'sameImage'>({ name: 'sameImage' });
  const name = `JobSpecs.${index}.Image` as const;
  // As of the last rest: with 20 roles, a keystroke in the first one would draw 19 others.
  const { JobSpecs } = useSettledDraft();
  const [first, own] = [JobSpecs[0]?.Image ?? '', JobSpecs[index]?.Image ?? ''];
  const inherits = sameImage && index > 0;
  return (
    <div className="min-w-0 sm:col-span-12">
      <TextField
        name={name}
        required={!inherits}
        mono
        {...(inherits && first ? { placeholder: first } : {})}
      />
      {inherits && own !== '' && own !== first && (
        <p className="mt-1 text-sm text-warn">{t('form.role.override')}</p>
      )}
    </div>
  );
}
