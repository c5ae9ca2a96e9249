import { jobTypes } from '@/lib/dlc/roles';
import { ChoiceField, TextField } from './fields';

/** `jobType` of a draft from elsewhere may be one the list does not know; it stays offered. */
export function BasicsStep({ jobType }: { jobType: string }) {
  const known = jobTypes.some((item) => item === jobType);
  return (
    <div className="grid gap-5 sm:grid-cols-2">
      <TextField name="DisplayName" required className="sm:col-span-2" />
      <ChoiceField name="JobType" required options={known ? jobTypes : [jobType, ...jobTypes]} />
      <TextField name="WorkspaceId" />
    </div>
  );
}
