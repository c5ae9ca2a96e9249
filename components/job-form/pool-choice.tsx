'use client';

import { useFormContext } from 'react-hook-form';
import { Notice } from '@/components/ui/notice';
import type { Draft, Pool } from '@/lib/dlc/draft';
import { useText } from '@/lib/i18n/text-context';
import { useControl, useField } from './fields';

export function PoolChoice({ pool }: { pool: Pool }) {
  const { t } = useText();
  const { label, hint } = useField('pool');
  const registered = useControl('pool');
  const offered: Pool[] = pool === 'mixed' ? ['public', 'quota', 'mixed'] : ['public', 'quota'];
  return (
    <fieldset className="space-y-1.5">
      <legend className="font-medium">{label}</legend>
      <p className="text-muted text-sm">{hint}</p>
      <div className="flex flex-wrap gap-x-6 gap-y-1">
        {offered.map((option) => (
          <label key={option} className="flex min-h-8 items-center gap-2">
            <input type="radio" {...registered} value={option} className="size-4.5 accent-accent" />
            {t(`form.pool.${option}`)}
          </label>
        ))}
      </div>
    </fieldset>
  );
}

/** What was given for the other pool: kept, not sent, back with a switch. */
export function ParkedPool({ pool }: { pool: Pool }) {
  const { t } = useText();
  const { getValues } = useFormContext<Draft>();
  const { ResourceId, JobSpecs } = getValues();
  if (pool === 'mixed') return null;
  const values =
    pool === 'quota'
      ? JobSpecs.filter(({ EcsSpec }) => EcsSpec !== '').map(({ Type, EcsSpec }) => `${Type} ${EcsSpec}`)
      : [
          ...(ResourceId === '' ? [] : [ResourceId]),
          ...JobSpecs.flatMap(({ Type, ResourceConfig: { rest: _, ...amounts } }) => {
            const given = Object.entries(amounts).filter(([, value]) => value !== '');
            return given.length === 0 ? [] : [`${Type} ${given.map((pair) => pair.join(' ')).join(', ')}`];
          }),
        ];
  if (values.length === 0) return null;
  return (
    <Notice title={t('form.parked.title')} live>
      <p>{t(pool === 'quota' ? 'form.parked.public' : 'form.parked.quota', { values: values.join('; ') })}</p>
    </Notice>
  );
}
