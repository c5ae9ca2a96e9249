'use client';

import { useFieldArray, useFormContext, useWatch } from 'react-hook-form';
import { type Draft, newRole } from '@/lib/dlc/draft';
import { copySettings } from '@/lib/dlc/parking';
import { rolesOf } from '@/lib/dlc/roles';
import { AddRoles } from './add-roles';
import { FlagField, TextField, useField } from './fields';
import { ParkedRoles } from './parked-roles';
import { ParkedPool, PoolChoice } from './pool-choice';
import { RoleCard } from './role-card';
import { RoleTotals } from './role-totals';

export function RolesStep() {
  const { getValues, setValue } = useFormContext<Draft>();
  const jobType = useWatch<Draft, 'JobType'>({ name: 'JobType' });
  const pool = useWatch<Draft, 'pool'>({ name: 'pool' });
  const roles = useFieldArray<Draft, 'JobSpecs'>({ name: 'JobSpecs' });
  // By name: watching the whole list would copy it with every keystroke in any role.
  const types = useWatch<Draft, `JobSpecs.${number}.Type`[]>({
    name: roles.fields.map((_, index) => `JobSpecs.${index}.Type` as const),
  });
  const role = (index: number) => getValues(`JobSpecs.${index}`);
  const copyToOthers = (from: number) =>
    setValue(
      'JobSpecs',
      getValues('JobSpecs').map((to, index) => (index === from ? to : copySettings(role(from), to))),
    );
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
          onRemove={() => roles.remove(index)}
          onDuplicate={() => roles.insert(index + 1, { ...structuredClone(role(index)), Type: '' })}
          onCopy={() => copyToOthers(index)}
        />
      ))}
      <AddRoles
        jobType={jobType}
        offered={rolesOf(jobType)}
        present={new Set(types)}
        onAdd={(type) => roles.append(newRole(type))}
      />
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
