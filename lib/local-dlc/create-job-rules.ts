import { type Refusal, refuse, refuseParameter } from './answer';
import { type CreateJobBody, createJobShape } from './create-job-shape';
import { complainOfUncarried } from './field-fates';
import { parseQuantity } from './resources';

const openTypes = new Set(['SlurmJob', 'DataJuicerJob', 'FlinkBatchJob']);
const masterAndWorker = /^(Master|Worker)$/;

/** Roles a type takes, and those of which one must be there (dlc-api.md §1.4). */
const rolesByType = new Map<string, { allowed: RegExp; oneOf: string[] }>(
  Object.entries({
    TFJob: {
      allowed: /^(Chief|Master|PS|Worker|Evaluator|GraphLearn)$/,
      oneOf: ['Worker', 'Chief', 'Master'],
    },
    PyTorchJob: { allowed: masterAndWorker, oneOf: ['Worker', 'Master'] },
    XGBoostJob: { allowed: masterAndWorker, oneOf: ['Worker', 'Master'] },
    OneFlowJob: { allowed: masterAndWorker, oneOf: ['Worker', 'Master'] },
    ElasticBatchJob: { allowed: masterAndWorker, oneOf: ['Worker', 'Master'] },
    MPIJob: { allowed: masterAndWorker, oneOf: ['Worker'] },
    RayJob: { allowed: /^(Head|Worker(-.+)?)$/, oneOf: ['Head'] },
  }),
);

const single = new Set(['Chief', 'Master', 'Head', 'Evaluator']);

/** Every pod is a process of this machine. */
const maxPods = 128;

/** Why CreateJob refuses a body, in the words of the API, or undefined. */
export function refuseBody(body: Record<string, unknown>): Refusal | undefined {
  for (const name of ['DisplayName', 'JobType', 'JobSpecs', 'UserCommand'])
    if (body[name] === undefined || body[name] === null)
      return refuse(400, `Missing${name}`, `${name} is mandatory for this action.`);
  const parsed = createJobShape.safeParse(body);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    return refuseParameter(`${nameOf(issue?.path ?? [])}: ${issue?.message ?? 'is not valid'}.`);
  }
  const complaint =
    complainOfRoles(parsed.data) ??
    complainOfResources(parsed.data) ??
    complainOfSources(parsed.data) ??
    complainOfLocalMounts(parsed.data) ??
    complainOfVariables(parsed.data) ??
    complainOfSuccess(parsed.data) ??
    complainOfUncarried(body);
  return complaint === undefined ? undefined : refuseParameter(complaint);
}

function nameOf(path: PropertyKey[]): string {
  return path
    .map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`))
    .join('')
    .replace(/^\./, '');
}

function complainOfRoles({ JobType, JobSpecs }: CreateJobBody): string | undefined {
  const known = rolesByType.get(JobType);
  if (!known && !openTypes.has(JobType)) return `JobType: ${JobType} is not a supported job type.`;
  const types = JobSpecs.map(({ Type }) => Type);
  for (const [at, { Type, PodCount }] of JobSpecs.entries()) {
    const name = `JobSpecs[${at}]`;
    if (known && !known.allowed.test(Type)) return `${name}.Type: ${Type} is not a role of ${JobType}.`;
    // Pods are named by the role in lower case, so roles must differ in more than their case.
    if (types.slice(0, at).some((earlier) => earlier.toLowerCase() === Type.toLowerCase()))
      return `${name}.Type: the role ${Type} is given twice.`;
    if (known && single.has(Type) && (PodCount ?? 1) !== 1)
      return `${name}.PodCount: a ${JobType} has exactly one ${Type}.`;
  }
  if (known && !known.oneOf.some((role) => types.includes(role)))
    return `JobSpecs: a ${JobType} needs the role ${known.oneOf.join(' or ')}.`;
  const pods = JobSpecs.reduce((sum, { PodCount }) => sum + (PodCount ?? 1), 0);
  return pods > maxPods
    ? `JobSpecs: the local DLC runs at most ${maxPods} pods in a job, not ${pods}.`
    : undefined;
}

function complainOfLocalMounts({ JobSpecs }: CreateJobBody): string | undefined {
  for (const [at, { LocalMountSpecs }] of JobSpecs.entries())
    for (const [index, spec] of (LocalMountSpecs ?? []).entries()) {
      const name = `JobSpecs[${at}].LocalMountSpecs[${index}]`;
      if ((spec.MountMode || 'Filesystem') !== 'Filesystem')
        return `${name}.MountMode: only Filesystem is carried out here, not ${spec.MountMode}.`;
      for (const field of ['LocalPath', 'MountPath'] as const)
        if (!spec[field]?.startsWith('/')) return `${name}.${field}: must be an absolute path.`;
    }
  return undefined;
}

function complainOfVariables({ Envs, CustomEnvs }: CreateJobBody): string | undefined {
  const seen = new Set(Object.keys(Envs ?? {}));
  for (const [at, { Key }] of (CustomEnvs ?? []).entries()) {
    if (seen.has(Key)) return `CustomEnvs[${at}].Key: the variable ${Key} is given twice.`;
    seen.add(Key);
  }
  return undefined;
}

const policies = ['AllWorkers', 'ChiefWorker', 'Partial'];

function complainOfSuccess({ JobType, JobSpecs, SuccessPolicy }: CreateJobBody): string | undefined {
  const policy = SuccessPolicy || undefined;
  if (policy && !policies.includes(policy))
    return `SuccessPolicy: must be one of ${policies.join(', ')}, not ${policy}.`;
  if (policy === 'ChiefWorker' && JobType !== 'TFJob')
    return 'SuccessPolicy: ChiefWorker is a policy of a TFJob.';
  const [, second] = JobSpecs.flatMap(({ IsChief }, at) => (IsChief ? [at] : []));
  if (second !== undefined) return `JobSpecs[${second}].IsChief: only one role can be the chief.`;
  const counted = JobSpecs.findIndex(({ ConsiderInSuccessPolicy }) => ConsiderInSuccessPolicy);
  if (counted >= 0 && policy !== 'Partial')
    return `JobSpecs[${counted}].ConsiderInSuccessPolicy: counts only with the SuccessPolicy Partial.`;
  return policy === 'Partial' && counted < 0
    ? 'SuccessPolicy: Partial needs a role with ConsiderInSuccessPolicy.'
    : undefined;
}

const examples = { CPU: '4', Memory: '10Gi', GPU: '1', SharedMemory: '5Gi' };

function complainOfResources({ JobSpecs, ResourceId }: CreateJobBody): string | undefined {
  for (const [at, { EcsSpec, ResourceConfig }] of JobSpecs.entries()) {
    const hasConfig = Object.values(ResourceConfig ?? {}).some((value) => value);
    if (EcsSpec && ResourceId)
      return `JobSpecs[${at}].EcsSpec: must not be given together with ResourceId; use ResourceConfig.`;
    if (EcsSpec && hasConfig)
      return `JobSpecs[${at}].EcsSpec: must not be given together with ResourceConfig.`;
    for (const name of ['CPU', 'Memory', 'GPU', 'SharedMemory'] as const) {
      const text = ResourceConfig?.[name];
      if (text && parseQuantity(text) === undefined)
        return `JobSpecs[${at}].ResourceConfig.${name}: must be a quantity such as ${examples[name]}, not ${text}.`;
    }
    const gpu = ResourceConfig?.GPU;
    if (gpu && !Number.isInteger(parseQuantity(gpu)))
      return `JobSpecs[${at}].ResourceConfig.GPU: must be a whole number such as 1, not ${gpu}.`;
  }
  return undefined;
}

function complainOfSources({ DataSources }: CreateJobBody): string | undefined {
  for (const [at, { DataSourceId, Uri }] of (DataSources ?? []).entries()) {
    if (DataSourceId && Uri) return `DataSources[${at}]: must not give both DataSourceId and Uri.`;
    if (!DataSourceId && !Uri) return `DataSources[${at}]: must give DataSourceId or Uri.`;
  }
  return undefined;
}
