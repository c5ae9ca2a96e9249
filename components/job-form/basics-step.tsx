'use client';

import { useFormContext } from 'react-hook-form';
import type { Draft } from '@/lib/dlc/draft';
import { sortRoles } from '@/lib/dlc/parking';
import { jobTypes } from '@/lib/dlc/roles';
import { ChoiceField, TextField } from './fields';
import { ParkedRoles } from './parked-roles';

export function BasicsStep() {
  const { getValues, setValue } = useFormContext<Draft>();
  const jobType = getValues('JobType');
  // A draft from elsewhere may hold a type the list does not know; it stays offered.
  const offered = jobTypes.some((item) => item === jobType) ? jobTypes : [jobType, ...jobTypes];
  const sort = () => {
    const { JobSpecs, parked } = sortRoles(getValues(), getValues('JobType'));
    setValue('JobSpecs', JobSpecs);
    setValue('parked', parked);
  };
  return (
    <div className="grid gap-5 sm:grid-cols-2">
      <TextField name="DisplayName" required className="sm:col-span-2" />
      <ChoiceField name="JobType" required options={offered} onChange={sort} />
      <TextField name="WorkspaceId" />
      <div className="sm:col-span-2">
        <ParkedRoles />
      </div>
    </div>
  );
}
