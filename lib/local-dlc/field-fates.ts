import { isProgram } from './find-shell';

/** Paths are those of CreateJob's body; `[]` stands for every element. A path covers all that is below it. */
type Path = string;

const container = ['Name', 'Command', 'Args', 'WorkingDir', 'Env'];
const containers = ['InitContainers[]', 'SideCarContainers[]'].map(
  (name) => `JobSpecs[].ExtraPodSpec.${name}`,
);
const below = (parent: Path, names: string): Path[] => names.split(' ').map((name) => `${parent}.${name}`);

/** What the local DLC acts on. Images are not pulled, which every page says. */
export const actedOn: Path[] = [
  ...'DisplayName JobType UserCommand ThirdpartyLibs ThirdpartyLibDir Envs CustomEnvs'.split(' '),
  ...'JobMaxRunningTimeMinutes WorkspaceId ResourceId Priority Accessibility Description'.split(' '),
  'SuccessPolicy',
  ...below('DataSources[]', 'DataSourceId MountPath Uri MountAccess'),
  ...below('CodeSource', 'CodeSourceId Branch Commit MountPath'),
  ...below('Settings', 'BusinessUserId Caller PipelineId Tags Shell TerminationGracePeriodSeconds'),
  ...below('JobSpecs[]', 'Type Image PodCount EcsSpec LocalMountSpecs IsChief ConsiderInSuccessPolicy'),
  ...below('JobSpecs[].ResourceConfig', 'CPU GPU Memory'),
  ...below('JobSpecs[].ExtraPodSpec', 'SharedVolumeMountPaths Lifecycle'),
  ...containers.flatMap((parent) => container.map((name) => `${parent}.${name}`)),
];

/** What has no effect here and changes no result: machines, prices, networks and stores of the cloud, and care for failures. */
export const idle: Path[] = [
  ...'UserVpc Options ElasticSpec DebuggerConfigContent SchedulingStrategy'.split(' '),
  ...below('DataSources[]', 'Options EnableCache'),
  ...below('Settings', 'EnableTideResource OversoldType EnableRDMA Driver DisableEcsStockCheck'),
  ...below('Settings', 'EnableCPUAffinity AllocateAllRDMADevices AllowUnschedulableNodes EnableDSWDev'),
  ...below(
    'Settings',
    'EnableErrorMonitoringInAIMaster ErrorMonitoringArgs EnableOssAppend AdvancedSettings',
  ),
  ...below('Settings', 'JobReservedMinutes JobReservedPolicy EnableSanityCheck SanityCheckArgs'),
  ...below('Settings', 'ElasticSpotJobMaxRestartTimes'),
  ...below('JobSpecs[]', 'ImageConfig UseSpotInstance SpotSpec ElasticSpotSpecs AssignNodeSpec SystemDisk'),
  ...below('JobSpecs[]', 'QuotaId HyperNodeSchedulingConfig OversoldType Driver'),
  ...below('JobSpecs[].ResourceConfig', 'SharedMemory GPUType'),
  ...below('JobSpecs[].ExtraPodSpec', 'PodLabels PodAnnotations'),
  ...containers.flatMap((parent) => below(parent, 'Image Resources')),
];

type Refused = {
  why: string;
  /** Which values are refused; all that ask for something where this is not given. */
  is?: (value: unknown) => boolean;
};

const noRights = "pods run with the rights of the server's user here; leave it out.";
const leaf = (value: unknown, name: string): unknown =>
  isObject(value) ? Object.entries(value).find(([key]) => key === name)?.[1] : undefined;

/** What would change a job's result, and is not carried out here or is not known to be what the cloud does. */
export const refused: Record<Path, Refused> = {
  TemplateId: { why: 'the local DLC keeps no job templates; send the body the template makes.' },
  TemplateVersion: { why: 'the local DLC keeps no job templates; send the body the template makes.' },
  CredentialConfig: {
    why: 'the local DLC has no RAM roles whose credentials it could give to pods; leave it out, or set EnableCredentialInject to false.',
    is: (value) => saysSomething(value) && leaf(value, 'EnableCredentialInject') !== false,
  },
  'DataSources[].DataSourceVersion': { why: 'a folder of this machine has no versions; leave it out.' },
  'DataSources[].AccessPointId': { why: 'a folder of this machine has no access points; leave it out.' },
  'DataSources[].RoleChain': { why: 'a folder of this machine has no roles; leave it out.' },
  'CodeSource.IsSharedMountPath': {
    why: 'the pods of a job share one copy of its code here; leave it out, or set it to true.',
    is: (value) => value === false,
  },
  'Settings.DataJuicerConfig': {
    why: 'only CommandType shell with ExecutionMode standalone is carried out here.',
    is: (value) =>
      (leaf(value, 'CommandType') ?? 'shell') !== 'shell' ||
      (leaf(value, 'ExecutionMode') ?? 'standalone') !== 'standalone',
  },
  'Settings.ModelConfig': { why: 'the local DLC registers no models; leave it out.' },
  'Settings.Shell': {
    why: 'must be the absolute path of a program of this machine, for images are not pulled.',
    is: (value) => typeof value === 'string' && value !== '' && !isProgram(value),
  },
  'JobSpecs[].RestartPolicy': {
    why: 'pods are not started again here; leave it out, or use Never.',
    is: (value) => value !== '' && value !== 'Never',
  },
  'JobSpecs[].ServiceSpec': {
    why: 'the local DLC makes no services; pods reach each other by their names.',
  },
  'JobSpecs[].StartupDependencies': { why: 'all roles start together here; leave it out.' },
  'JobSpecs[].AutoScalingSpec': { why: 'the number of pods does not change here; leave it out.' },
  'JobSpecs[].ExtraPodSpec.MainContainerSecurityContext': { why: noRights },
  ...Object.fromEntries(containers.map((parent) => [`${parent}.SecurityContext`, { why: noRights }])),
};

/** Why CreateJob refuses what it cannot carry out, naming the field, or undefined. */
export function complainOfUncarried(body: Record<string, unknown>): string | undefined {
  for (const [path, { why, is = saysSomething }] of Object.entries(refused))
    for (const [name, value] of valuesAt(body, path)) if (is(value)) return `${name}: ${why}`;
  return undefined;
}

/** The fields of a body that say something and have no effect here. */
export function listIdle(body: Record<string, unknown>): string[] {
  return idle.flatMap((path) =>
    valuesAt(body, path).flatMap(([name, value]) => (saysSomething(value) ? [name] : [])),
  );
}

/** What a body holds at a path, each by its own name; a null counts as absent. */
function valuesAt(value: unknown, path: Path, name = ''): [name: string, value: unknown][] {
  if (value === undefined || value === null) return [];
  if (path === '') return [[name, value]];
  const [, key = '', isList = '', rest = ''] = /^([^.[]+)(\[\])?\.?(.*)$/.exec(path) ?? [];
  const child = leaf(value, key);
  const childName = name === '' ? key : `${name}.${key}`;
  if (!isList) return valuesAt(child, rest, childName);
  const elements = Array.isArray(child) ? child : [];
  return elements.flatMap((element, at) => valuesAt(element, rest, `${childName}[${at}]`));
}

/** A blank, a false, and what holds nothing else, ask for nothing. */
function saysSomething(value: unknown): boolean {
  if (value === undefined || value === null || value === '' || value === false) return false;
  if (Array.isArray(value)) return value.some(saysSomething);
  return isObject(value) ? Object.values(value).some(saysSomething) : true;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
