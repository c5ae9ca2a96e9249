'use client';

import { useMemo } from 'react';
import { useFormContext, useWatch } from 'react-hook-form';
import { type Draft, newRole, type RoleDraft } from '@/lib/dlc/draft';
import { copySettings } from '@/lib/dlc/parking';
import { rolesOf } from '@/lib/dlc/roles';
import { useText } from '@/lib/i18n/text-context';
import { AddRoles } from './add-roles';
import { FlagField, TextField, useField } from './fields';
import { ParkedRoles } from './parked-roles';
import { ParkedPool, PoolChoice } from './pool-choice';
import { type RoleActions, RoleCard } from './role-card';
import { RoleTotals } from './role-totals';
import { useRows } from './use-rows';

export function RolesStep() {
  const { t } = useText();
  const { getValues, setValue } = useFormContext<Draft>();
  const jobType = useWatch<Draft, 'JobType'>({ name: 'JobType' });
  const pool = useWatch<Draft, 'pool'>({ name: 'pool' });
  const roles = useRows<RoleDraft>(
    'JobSpecs',
    ({ Type }, index) => Type || t('form.role.title', { number: index + 1 }),
  );
  const { remove, insert, append, move } = roles;
  const actions: RoleActions = useMemo(
    () => ({
      remove,
      move: (from, to) => {
        // The others may take the image of the first, so the role that becomes the first takes it along.
        const second = Math.max(from, to);
        const { sameImage, JobSpecs } = getValues();
        if (sameImage && second === 1 && JobSpecs[1]?.Image === '')
          setValue('JobSpecs.1.Image', JobSpecs[0]?.Image ?? '');
        move(from, to);
      },
      duplicate: (index) =>
        insert(index + 1, { ...structuredClone(getValues(`JobSpecs.${index}`)), Type: '' }),
      copyToOthers: (from) => {
        const all = getValues('JobSpecs');
        const source = all[from];
        if (source)
          setValue(
            'JobSpecs',
            all.map((to) => (to === source ? to : copySettings(source, to))),
          );
      },
    }),
    [remove, insert, move, getValues, setValue],
  );
  const add = (type: string) => {
    // The button greys a moment later; a second press meanwhile must not add a second one.
    if (!getValues('JobSpecs').some(({ Type }) => Type === type)) append(newRole(type));
  };
  return (
    <div className="space-y-5">
      <PoolChoice pool={pool} />
      {pool !== 'public' && <TextField name="ResourceId" required mono />}
      <ParkedPool pool={pool} />
      <ParkedRoles />
      <RolesFault />
      {roles.count > 1 && <FlagField name="sameImage" />}
      {roles.draw((index) => (
        <RoleCard index={index} jobType={jobType} pool={pool} count={roles.count} actions={actions} />
      ))}
      <AddRoles jobType={jobType} offered={rolesOf(jobType)} onAdd={add} />
      <RoleTotals />
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
