'use client';

import { useMemo } from 'react';
import { useFieldArray, useFormContext, useWatch } from 'react-hook-form';
import { type Draft, newRole } from '@/lib/dlc/draft';
import { copySettings } from '@/lib/dlc/parking';
import { rolesOf } from '@/lib/dlc/roles';
import { AddRoles } from './add-roles';
import { FlagField, TextField, useField } from './fields';
import { ParkedRoles } from './parked-roles';
import { ParkedPool, PoolChoice } from './pool-choice';
import { type RoleActions, RoleCard } from './role-card';
import { RoleTotals } from './role-totals';

export function RolesStep() {
  const { getValues, setValue } = useFormContext<Draft>();
  const jobType = useWatch<Draft, 'JobType'>({ name: 'JobType' });
  const pool = useWatch<Draft, 'pool'>({ name: 'pool' });
  const roles = useFieldArray<Draft, 'JobSpecs'>({ name: 'JobSpecs' });
  const { remove, insert, append } = roles;
  const actions: RoleActions = useMemo(
    () => ({
      remove,
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
    [remove, insert, getValues, setValue],
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
      {roles.fields.length > 1 && <FlagField name="sameImage" />}
      {roles.fields.map(({ id }, index) => (
        <RoleCard
          key={id}
          index={index}
          jobType={jobType}
          pool={pool}
          isAlone={roles.fields.length === 1}
          actions={actions}
        />
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
