'use client';

import { Plus } from 'lucide-react';
import { useFieldArray, useFormContext, useWatch } from 'react-hook-form';
import { Button } from '@/components/ui/button';
import { type Draft, newRole, type Pool } from '@/lib/dlc/draft';
import { rolesOf } from '@/lib/dlc/roles';
import { useText } from '@/lib/i18n/text-context';
import { TextField, useControl, useField } from './fields';
import { RoleCard } from './role-card';

export function RolesStep() {
  const { t } = useText();
  const { getValues } = useFormContext<Draft>();
  const jobType = useWatch<Draft, 'JobType'>({ name: 'JobType' });
  const pool = useWatch<Draft, 'pool'>({ name: 'pool' });
  const roles = useFieldArray<Draft, 'JobSpecs'>({ name: 'JobSpecs' });
  const present = new Set(getValues('JobSpecs').map((role) => role.Type));
  return (
    <div className="space-y-5">
      <PoolChoice pool={pool} />
      {pool !== 'public' && <TextField name="ResourceId" required mono />}
      <RolesFault />
      {roles.fields.map((role, index) => (
        <RoleCard
          key={role.id}
          index={index}
          jobType={jobType}
          pool={pool}
          onRemove={() => roles.remove(index)}
        />
      ))}
      <div className="flex flex-wrap gap-2">
        {rolesOf(jobType)
          .filter((type) => !present.has(type))
          .map((type) => (
            <Button key={type} small onClick={() => roles.append(newRole(type))}>
              <Plus aria-hidden size={15} />
              {t('form.role.add', { role: type })}
            </Button>
          ))}
      </div>
    </div>
  );
}

function RolesFault() {
  const { error } = useField('JobSpecs');
  return (
    <p id="JobSpecs" tabIndex={-1} className="text-bad empty:hidden">
      {error}
    </p>
  );
}

function PoolChoice({ pool }: { pool: Pool }) {
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
