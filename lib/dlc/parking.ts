import type { Draft, RoleDraft } from './draft';
import { isRoleOf } from './roles';

type Roles = Pick<Draft, 'JobSpecs' | 'parked'>;

/** A job type's roles: what applies stays or comes back, what does not is set aside. Nothing is lost either way. */
export function sortRoles({ JobSpecs, parked }: Roles, jobType: string): Roles {
  const kept: RoleDraft[] = [];
  const aside: RoleDraft[] = [];
  for (const [role, wasParked] of [
    ...JobSpecs.map((role) => [role, false] as const),
    ...parked.map((role) => [role, true] as const),
  ]) {
    const applies = role.Type === '' || isRoleOf(jobType, role.Type);
    const twice = wasParked && kept.some(({ Type }) => Type === role.Type);
    (applies && !twice ? kept : aside).push(role);
  }
  return { JobSpecs: kept, parked: aside };
}

/** What one role gives another: everything but what the role is and how many pods it has. */
export function copySettings(from: RoleDraft, to: RoleDraft): RoleDraft {
  return { ...structuredClone(from), Type: to.Type, PodCount: to.PodCount };
}

/** Role types that could be added: those of the job type that are not there; RayJob takes any number of worker groups. */
export function nextRoles(
  jobType: string,
  offered: readonly string[],
  present: ReadonlySet<string>,
): string[] {
  const missing = offered.filter((type) => !present.has(type));
  if (jobType !== 'RayJob' || !present.has('Worker')) return missing;
  let number = 2;
  while (present.has(`Worker-${number}`)) number++;
  return [...missing, `Worker-${number}`];
}
