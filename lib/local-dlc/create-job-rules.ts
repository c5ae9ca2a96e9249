import { type Refusal, refuse, refuseParameter } from './answer';
import { type CreateJobBody, createJobShape } from './create-job-shape';
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
    complainOfRoles(parsed.data) ?? complainOfResources(parsed.data) ?? complainOfSources(parsed.data);
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
