import type { Fault, FaultKey } from '@/lib/problem';
import { type Bag, isBag } from './draft-codec';
import { isRoleOf, isSinglePod, jobTypes, rolesOf } from './roles';
import { mask } from './secrets';

/** Rules between fields, over a body of which any part may be missing or wrong: each says only what it can see. */
type Rule = (body: Bag) => Fault[];
type Path = (string | number)[];

function bags(value: unknown): [Bag, number][] {
  return Array.isArray(value)
    ? value.flatMap((item, index): [Bag, number][] => (isBag(item) ? [[item, index]] : []))
    : [];
}

function texts(value: unknown): [string, number][] {
  return Array.isArray(value)
    ? value.flatMap((item, index): [string, number][] => (typeof item === 'string' ? [[item, index]] : []))
    : [];
}

function bag(value: unknown): Bag {
  return isBag(value) ? value : {};
}

function filled(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

const jobType: Rule = ({ JobType }) => {
  if (!filled(JobType) || jobTypes.some((known) => known === JobType)) return [];
  const meant = jobTypes.find((known) => known.toLowerCase() === JobType.toLowerCase());
  return [
    meant
      ? { path: ['JobType'], key: 'jobType.case', params: { meant } }
      : { path: ['JobType'], key: 'jobType.unknown', params: { known: jobTypes.join(', ') } },
  ];
};

const roles: Rule = ({ JobType, JobSpecs }) => {
  const seen = new Set<string>();
  return bags(JobSpecs).flatMap(([{ Type, PodCount }, index]) => {
    if (!filled(Type)) return [];
    const faults: Fault[] = [];
    if (filled(JobType) && !isRoleOf(JobType, Type))
      faults.push({
        path: ['JobSpecs', index, 'Type'],
        key: 'role.notOfType',
        params: { role: Type, jobType: JobType, roles: rolesOf(JobType).join(', ') },
      });
    if (seen.has(Type))
      faults.push({ path: ['JobSpecs', index, 'Type'], key: 'role.twice', params: { role: Type } });
    seen.add(Type);
    if (isSinglePod(Type) && typeof PodCount === 'number' && PodCount > 1)
      faults.push({ path: ['JobSpecs', index, 'PodCount'], key: 'role.onePod', params: { role: Type } });
    return faults;
  });
};

/** Public pool: EcsSpec and no ResourceId. Quota: ResourceConfig with ResourceId. The API answers 400 to a mixture. */
const pool: Rule = ({ ResourceId, JobSpecs }) => {
  const faults: Fault[] = [];
  let amounts = false;
  for (const [spec, index] of bags(JobSpecs)) {
    const hasAmounts = Object.values(bag(spec.ResourceConfig)).some((value) => value !== '');
    amounts ||= hasAmounts;
    const ecs: Path = ['JobSpecs', index, 'EcsSpec'];
    const cpu: Path = ['JobSpecs', index, 'ResourceConfig', 'CPU'];
    if (filled(spec.EcsSpec) && hasAmounts) faults.push({ path: ecs, key: 'pool.both' });
    else if (filled(ResourceId) && filled(spec.EcsSpec)) faults.push({ path: ecs, key: 'pool.ecsWithQuota' });
    else if (filled(ResourceId) && !hasAmounts) faults.push({ path: cpu, key: 'pool.amountsMissing' });
    else if (!filled(ResourceId) && !hasAmounts && !filled(spec.EcsSpec))
      faults.push({ path: ecs, key: 'pool.ecsMissing' });
  }
  if (amounts && !filled(ResourceId)) faults.push({ path: ['ResourceId'], key: 'pool.quotaMissing' });
  return faults;
};

const scale: Record<string, number> = { m: 1e-3, '': 1, k: 1e3, M: 1e6, G: 1e9, T: 1e12, P: 1e15, E: 1e18 };
const binary = ['Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'];

/** A Kubernetes quantity as a number of its unit (bytes for memory), or undefined where it is none. */
export function parseQuantity(value: unknown): number | undefined {
  const [, digits, suffix = ''] =
    (typeof value === 'string' && /^(\d+(?:\.\d+)?)([a-zA-Z]*)$/.exec(value)) || [];
  const factor = binary.includes(suffix) ? 1024 ** (binary.indexOf(suffix) + 1) : scale[suffix];
  return digits === undefined || factor === undefined ? undefined : Number(digits) * factor;
}

const sharedMemory: Rule = ({ JobSpecs }) =>
  bags(JobSpecs).flatMap(([spec, index]) => {
    const config = bag(spec.ResourceConfig);
    const [shared, memory] = [parseQuantity(config.SharedMemory), parseQuantity(config.Memory)];
    if (shared === undefined || memory === undefined || shared <= memory) return [];
    return [{ path: ['JobSpecs', index, 'ResourceConfig', 'SharedMemory'], key: 'memory.shared' }];
  });

const mounts: Rule = ({ DataSources, CodeSource }) => {
  const faults: Fault[] = [];
  const seen = new Set<string>();
  const see = (path: unknown, at: Path) => {
    if (!filled(path)) return;
    const plain = path.replace(/\/+$/, '') || '/';
    if (seen.has(plain)) faults.push({ path: at, key: 'path.twice', params: { path: plain } });
    seen.add(plain);
  };
  for (const [source, index] of bags(DataSources)) {
    see(source.MountPath, ['DataSources', index, 'MountPath']);
    const at: Path = ['DataSources', index, 'DataSourceId'];
    if (filled(source.DataSourceId) && filled(source.Uri)) faults.push({ path: at, key: 'data.both' });
    if (!filled(source.DataSourceId) && !filled(source.Uri)) faults.push({ path: at, key: 'data.missing' });
  }
  see(bag(CodeSource).MountPath, ['CodeSource', 'MountPath']);
  return faults;
};

/** The first field must be there when any of the others is. */
function needs(group: string, first: string, others: string[], key: FaultKey): Rule {
  return (body) => {
    const part = bag(body[group]);
    const given = others.some((name) => filled(part[name]) || texts(part[name]).length > 0);
    return given && !filled(part[first]) ? [{ path: [group, first], key }] : [];
  };
}

const cidr = /^(25[0-5]|2[0-4]\d|1?\d?\d)(\.(25[0-5]|2[0-4]\d|1?\d?\d)){3}\/(3[0-2]|[12]?\d)$/;
const cidrs: Rule = ({ UserVpc }) =>
  texts(bag(UserVpc).ExtendedCIDRs)
    .filter(([value]) => !cidr.test(value))
    .map(([, index]) => ({ path: ['UserVpc', 'ExtendedCIDRs', index], key: 'cidr' }));

const posixName = /^[A-Za-z_][A-Za-z0-9_]*$/;
const variableNames: Rule = ({ Envs, JobSpecs }) => {
  const faults: Fault[] = Object.keys(bag(Envs))
    .filter((name) => !posixName.test(name))
    .map((name) => ({ path: ['Envs', name], key: name === '' ? 'required' : 'env.name', part: 'key' }));
  for (const [spec, role] of bags(JobSpecs))
    for (const group of ['SideCarContainers', 'InitContainers'])
      for (const [container, index] of bags(bag(spec.ExtraPodSpec)[group])) {
        const seen = new Set<string>();
        for (const [{ Name }, row] of bags(container.Env)) {
          if (!filled(Name)) continue;
          const path = ['JobSpecs', role, 'ExtraPodSpec', group, index, 'Env', row, 'Name'];
          if (!posixName.test(Name)) faults.push({ path, key: 'env.name' });
          else if (seen.has(Name)) faults.push({ path, key: 'map.twice', params: { name: Name } });
          seen.add(Name);
        }
      }
  return faults;
};

const requirement =
  /^[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?\s*(\[[A-Za-z0-9._,\s-]*\])?\s*(\(?((===|==|~=|!=|<=|>=|<|>)\s*[A-Za-z0-9.*+!_-]+)(\s*,\s*(===|==|~=|!=|<=|>=|<|>)\s*[A-Za-z0-9.*+!_-]+)*\)?|@\s*\S+)?\s*(;.+)?$/;
const libraries: Rule = ({ ThirdpartyLibs }) =>
  texts(ThirdpartyLibs)
    .filter(([value]) => !requirement.test(value.trim()))
    .map(([, index]) => ({ path: ['ThirdpartyLibs', index], key: 'pip' }));

const options: Rule = ({ Options }) =>
  filled(Options) && !/^[^=,\s][^=,]*=[^,]*(,\s*[^=,\s][^=,]*=[^,]*)*$/.test(Options)
    ? [{ path: ['Options'], key: 'options' }]
    : [];

/** What no JSON reader carries faithfully, and what the mask hides, wherever it stands. */
const everywhere: Rule = (body) => {
  const faults: Fault[] = [];
  const visit = (value: unknown, path: Path) => {
    if (value === mask) faults.push({ path, key: 'secret.masked' });
    if (typeof value === 'number' && Number.isInteger(value) && !Number.isSafeInteger(value))
      faults.push({ path, key: 'number.unsafe' });
    if (typeof value !== 'object' || value === null) return;
    for (const [key, item] of Object.entries(value)) {
      const here = [...path, Array.isArray(value) ? Number(key) : key];
      if (key === '__proto__') faults.push({ path: here, key: 'key.proto', part: 'key' });
      visit(item, here);
    }
  };
  visit(body, []);
  return faults;
};

/** The API counts all parameters, what the system adds included. */
export const maxBodyBytes = 65_536;

export function bodyBytes(body: Bag): number {
  return new TextEncoder().encode(JSON.stringify(body)).length;
}

const size: Rule = (body) => {
  const bytes = bodyBytes(body);
  return bytes <= maxBodyBytes ? [] : [{ path: [], key: 'body.size', params: { bytes, max: maxBodyBytes } }];
};

export const rules: Rule[] = [
  jobType,
  roles,
  pool,
  sharedMemory,
  mounts,
  needs('CodeSource', 'CodeSourceId', ['Branch', 'Commit', 'MountPath'], 'code.idMissing'),
  needs('UserVpc', 'VpcId', ['SwitchId', 'SecurityGroupId', 'ExtendedCIDRs'], 'vpc.idMissing'),
  needs('UserVpc', 'SecurityGroupId', ['VpcId'], 'vpc.groupMissing'),
  cidrs,
  variableNames,
  libraries,
  options,
  everywhere,
  size,
];
