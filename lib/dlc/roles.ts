/** Job types the API takes, case-sensitive; the three of the CreateJob page first. */
export const jobTypes = [
  'TFJob',
  'PyTorchJob',
  'XGBoostJob',
  'MPIJob',
  'OneFlowJob',
  'ElasticBatchJob',
  'RayJob',
  'SlurmJob',
  'DataJuicerJob',
  'FlinkBatchJob',
] as const;

const everyRole = ['Chief', 'Master', 'Head', 'Worker', 'PS', 'Evaluator', 'GraphLearn'];

/** Role names of types whose roles the API's documents do not list are left open: every known role is offered, none refused. */
const rolesByType = new Map<string, readonly string[]>(
  Object.entries({
    TFJob: ['Chief', 'Worker', 'PS', 'Evaluator', 'GraphLearn'],
    PyTorchJob: ['Master', 'Worker'],
    XGBoostJob: ['Master', 'Worker'],
    OneFlowJob: ['Master', 'Worker'],
    ElasticBatchJob: ['Master', 'Worker'],
    MPIJob: ['Master', 'Worker'],
    RayJob: ['Head', 'Worker'],
  }),
);

const singlePodRoles = new Set(['Chief', 'Master', 'Evaluator', 'Head']);

/** Role types to offer for a job type, in the order they are usually written. */
export function rolesOf(jobType: string): readonly string[] {
  return rolesByType.get(jobType) ?? everyRole;
}

/** Whether the API's documents allow a role in a job type. RayJob also takes worker groups, `Worker-<suffix>`. */
export function isRoleOf(jobType: string, role: string): boolean {
  const roles = rolesByType.get(jobType);
  if (!roles) return true;
  return roles.includes(role) || (jobType === 'RayJob' && /^Worker-.+$/.test(role));
}

/** Whether a role is one pod by definition. */
export function isSinglePod(role: string): boolean {
  return singlePodRoles.has(role);
}
