import { mask } from './secrets';

const worker = { Type: 'Worker', Image: 'img', PodCount: 1, EcsSpec: 'ecs.g6.large' };
const base = { DisplayName: 'a', JobType: 'TFJob', JobSpecs: [worker], UserCommand: 'true' };
const role = (change: object) => ({ ...base, JobSpecs: [{ ...worker, ...change }] });
const quota = (config: object) => ({
  ...base,
  ResourceId: 'quota1',
  JobSpecs: [{ Type: 'Worker', Image: 'img', PodCount: 1, ResourceConfig: config }],
});

/** A change of a valid job, and the faults it makes as `path key`. */
export const checkCases: [string, object, string[]][] = [
  ['a whole job', base, []],
  ['nothing', {}, ['DisplayName required', 'JobType required', 'JobSpecs required', 'UserCommand required']],
  ['a blank name', { ...base, DisplayName: '' }, ['DisplayName required']],
  ['a name with a space', { ...base, DisplayName: 'a b' }, ['DisplayName name.charset']],
  ['a name of 256', { ...base, DisplayName: 'a'.repeat(256) }, []],
  ['a name of 257', { ...base, DisplayName: 'a'.repeat(257) }, ['DisplayName text.long']],
  ['a name that is a number', { ...base, DisplayName: 5 }, ['DisplayName type.text']],
  ['a job type in the wrong case', { ...base, JobType: 'tfjob' }, ['JobType jobType.case']],
  ['a job type out of the language itself', { ...base, JobType: 'constructor' }, ['JobType jobType.unknown']],
  ['an unknown job type', { ...base, JobType: 'NopeJob' }, ['JobType jobType.unknown']],
  ['no role', { ...base, JobSpecs: [] }, ['JobSpecs roles.none']],
  [
    'a role of another type',
    { ...role({ Type: 'PS' }), JobType: 'PyTorchJob' },
    ['JobSpecs.0.Type role.notOfType'],
  ],
  ['a Ray worker group', { ...base, JobType: 'RayJob', JobSpecs: [{ ...worker, Type: 'Worker-gpu' }] }, []],
  ['a role twice', { ...base, JobSpecs: [worker, worker] }, ['JobSpecs.1.Type role.twice']],
  ['two chiefs in one', role({ Type: 'Chief', PodCount: 2 }), ['JobSpecs.0.PodCount role.onePod']],
  ['half a pod', role({ PodCount: 1.5 }), ['JobSpecs.0.PodCount type.whole']],
  ['no pod', role({ PodCount: 0 }), ['JobSpecs.0.PodCount number.min']],
  ['pods in words', role({ PodCount: 'three' }), ['JobSpecs.0.PodCount type.number']],
  ['a blank image', role({ Image: ' ' }), ['JobSpecs.0.Image required']],
  ['no instance type', role({ EcsSpec: '' }), ['JobSpecs.0.EcsSpec pool.ecsMissing']],
  [
    'both',
    role({ ResourceConfig: { CPU: '1' } }),
    ['JobSpecs.0.EcsSpec pool.both', 'ResourceId pool.quotaMissing'],
  ],
  ['an instance type with a quota', { ...base, ResourceId: 'q' }, ['JobSpecs.0.EcsSpec pool.ecsWithQuota']],
  ['a quota job', quota({ CPU: '10', GPU: '3', Memory: '10Gi', SharedMemory: '10Gi' }), []],
  ['a quota without amounts', quota({}), ['JobSpecs.0.ResourceConfig.CPU pool.amountsMissing']],
  [
    'more shared than there is',
    quota({ Memory: '1Gi', SharedMemory: '1025Mi' }),
    ['JobSpecs.0.ResourceConfig.SharedMemory memory.shared'],
  ],
  ['memory in GB', quota({ Memory: '10GB' }), ['JobSpecs.0.ResourceConfig.Memory quantity']],
  ['a blank command', { ...base, UserCommand: '\n' }, ['UserCommand required']],
  [
    'a relative mount',
    { ...base, DataSources: [{ DataSourceId: 'd', MountPath: 'data' }] },
    ['DataSources.0.MountPath path.absolute'],
  ],
  [
    'a mount twice',
    {
      ...base,
      DataSources: [
        { DataSourceId: 'd', MountPath: '/a' },
        { DataSourceId: 'e', MountPath: '/a/' },
      ],
    },
    ['DataSources.1.MountPath path.twice'],
  ],
  ['a data source by nothing', { ...base, DataSources: [{}] }, ['DataSources.0.DataSourceId data.missing']],
  [
    'a data source by both',
    { ...base, DataSources: [{ DataSourceId: 'd', Uri: 'oss://b' }] },
    ['DataSources.0.DataSourceId data.both'],
  ],
  [
    'code without its id',
    { ...base, CodeSource: { Branch: 'main' } },
    ['CodeSource.CodeSourceId code.idMissing'],
  ],
  [
    'a VPC without a group',
    { ...base, UserVpc: { VpcId: 'v' } },
    ['UserVpc.SecurityGroupId vpc.groupMissing'],
  ],
  ['a group without a VPC', { ...base, UserVpc: { SecurityGroupId: 'g' } }, ['UserVpc.VpcId vpc.idMissing']],
  [
    'the CIDR of the page',
    { ...base, UserVpc: { VpcId: 'v', SecurityGroupId: 'g', ExtendedCIDRs: ['192.168.0.1/24'] } },
    [],
  ],
  [
    'no CIDR',
    {
      ...base,
      UserVpc: {
        VpcId: 'v',
        SecurityGroupId: 'g',
        ExtendedCIDRs: ['10.0.0.0', '10.0.0.0/33', '256.1.1.1/8'],
      },
    },
    ['UserVpc.ExtendedCIDRs.0 cidr', 'UserVpc.ExtendedCIDRs.1 cidr', 'UserVpc.ExtendedCIDRs.2 cidr'],
  ],
  ['a variable with a dash', { ...base, Envs: { 'A-B': '1' } }, ['Envs.A-B env.name']],
  ['a variable with no name', { ...base, Envs: { '': '1' } }, ['Envs. required']],
  ['a variable that is a number', { ...base, Envs: { A: 1 } }, ['Envs.A type.text']],
  [
    'requirements',
    {
      ...base,
      ThirdpartyLibs: [
        'numpy==1.16.1',
        'torch[cuda]>=2,<3',
        'a @ https://x/y.whl',
        "b; python_version<'3.9'",
        'numpy=1',
        '-r x',
      ],
    },
    ['ThirdpartyLibs.4 pip', 'ThirdpartyLibs.5 pip'],
  ],
  ['options', { ...base, Options: 'fs.oss.download.thread.concurrency=4,fs.oss.download.queue.size=16' }, []],
  ['no options', { ...base, Options: 'fast' }, ['Options options']],
  ['half a minute', { ...base, JobMaxRunningTimeMinutes: 0.5 }, ['JobMaxRunningTimeMinutes type.whole']],
  ['no minute', { ...base, JobMaxRunningTimeMinutes: 0 }, ['JobMaxRunningTimeMinutes number.min']],
  ['priority 10', { ...base, Priority: 10 }, ['Priority number.max']],
  [
    'a sidecar variable twice',
    role({ ExtraPodSpec: { SideCarContainers: [{ Env: [{ Name: 'A' }, { Name: 'A' }] }] } }),
    ['JobSpecs.0.ExtraPodSpec.SideCarContainers.0.Env.1.Name map.twice'],
  ],
  ['a hidden value', { ...base, Envs: { API_KEY: mask } }, ['Envs.API_KEY secret.masked']],
  ['a number JSON cannot carry', { ...base, Later: { big: 2 ** 53 } }, ['Later.big number.unsafe']],
  ['a hostile key', { ...base, Later: JSON.parse('{"__proto__": 1}') }, ['Later.__proto__ key.proto']],
  ['too much', { ...base, UserCommand: 'x'.repeat(65_600) }, [' body.size']],
  ['no object', [], [' type.object']],
];
