import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import * as z from 'zod';
import { type LocalDlc, startLocalDlc } from './start';
import * as client from './test-client';

/** The leaves of dlc-api.md §2 and §4, by hand: an answer may hold no other, and each of its own type. */
const text = z.string().optional();
const whole = z.int().optional();
const flag = z.boolean().optional();
const gmt = z
  .string()
  .regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/)
  .optional();
const asSent = z.record(z.string(), z.unknown());

const podTimes = { GmtCreateTime: gmt, GmtStartTime: gmt, GmtFinishTime: gmt };
const podNames = {
  PodId: text,
  PodUid: text,
  Type: text,
  Status: z.enum(['Pending', 'Running', 'Succeeded', 'Failed', 'Unknown']),
  SubStatus: text,
  Ip: text,
  PodIps: z.array(z.strictObject({ InterfaceName: text, Ip: text })).optional(),
  NodeName: text,
  supportedProfilingTypes: text,
};
const historyPod = z.strictObject({ ...podNames, ...podTimes, ResourceType: text, Duration: whole });
const pod = historyPod.extend({ HistoryPods: z.array(historyPod).optional() });
const podItem = z.strictObject({
  ...podNames,
  ...podTimes,
  PodIp: text,
  HistoryPods: z.array(z.unknown()).optional(),
});

const times = {
  GmtCreateTime: gmt,
  GmtSubmittedTime: gmt,
  GmtRunningTime: gmt,
  GmtSuccessedTime: gmt,
  GmtFailedTime: gmt,
  GmtStoppedTime: gmt,
  GmtFinishTime: gmt,
};

const inBoth = {
  JobId: text,
  DisplayName: text,
  JobType: text,
  Status: text,
  SubStatus: text,
  ReasonCode: text,
  ReasonMessage: text,
  Accessibility: text,
  WorkspaceId: text,
  WorkspaceName: text,
  UserId: text,
  TenantId: text,
  ClusterId: text,
  ResourceId: text,
  ResourceLevel: text,
  ResourceType: z.enum(['ECS', 'Lingjun', 'ACS']).optional(),
  Priority: whole,
  SchedulingStrategy: text,
  UserCommand: text,
  ThirdpartyLibDir: text,
  ThirdpartyLibs: z.array(z.string()).optional(),
  Envs: z.record(z.string(), z.string()).optional(),
  Duration: whole,
  RestartTimes: z
    .string()
    .regex(/^\d+\/\d+$/)
    .optional(),
  EnabledDebugger: flag,
  ElasticSpec: asSent.optional(),
  CredentialConfig: asSent.optional(),
  Settings: asSent.optional(),
  JobSpecs: z.array(asSent).optional(),
  supportedProfilingTypes: text,
  ...times,
  CodeSource: z.strictObject({ CodeSourceId: text, Branch: text, Commit: text, MountPath: text }).optional(),
  UserVpc: z
    .strictObject({
      VpcId: text,
      SwitchId: text,
      SecurityGroupId: text,
      ExtendedCidrs: z.array(z.string()).optional(),
      DefaultRoute: text,
    })
    .optional(),
  StatusHistory: z
    .array(
      z.strictObject({ Status: text, StartTime: gmt, EndTime: gmt, ReasonCode: text, ReasonMessage: text }),
    )
    .optional(),
  JobReplicaStatuses: z
    .array(
      z.strictObject({
        Type: text,
        Active: whole,
        Queuing: whole,
        Dequeued: whole,
        CurrentSpotInstanceType: text,
        EstimatedPodCount: whole,
      }),
    )
    .optional(),
};

const requestId = z.string().regex(/^[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}$/);

const shapes = {
  job: z.strictObject({
    ...inBoth,
    Description: text,
    CustomEnvs: z.array(z.strictObject({ Key: text, Value: text, Visible: text })).optional(),
    RoleSystemEnvs: asSent.optional(),
    DataSources: z.array(z.strictObject({ DataSourceId: text, MountPath: text, Uri: text })).optional(),
    Pods: z.array(pod).optional(),
    RestartRecord: z.array(z.unknown()).optional(),
    RequestId: requestId,
  }),
  jobs: z.strictObject({
    TotalCount: z.int(),
    RequestId: requestId,
    Jobs: z.array(
      z.strictObject({
        ...inBoth,
        DataSources: z.array(z.strictObject({ DataSourceId: text, MountPath: text })).optional(),
        Pods: z.array(podItem).optional(),
        Username: text,
        GmtModifiedTime: gmt,
        JobMaxRunningTimeMinutes: whole,
        IsDeleted: flag,
        EnablePreemptibleJob: flag,
        UseOversoldResource: flag,
        NodeCount: text,
        NodeNames: z.array(z.string()).optional(),
        RequestCPU: whole,
        RequestGPU: text,
        RequestMemory: z
          .string()
          .regex(/^\d+Gi$/)
          .optional(),
        ResourceName: text,
        ResourceQuotaName: text,
        RetryCount: whole,
        SystemEnvs: asSent.optional(),
        TemplateId: text,
        TemplateName: text,
        UserScript: text,
        WorkingDir: text,
      }),
    ),
  }),
  jobId: z.strictObject({ JobId: z.string(), RequestId: requestId }),
  logs: z.strictObject({
    JobId: z.string(),
    PodId: z.string(),
    PodUid: z.uuid(),
    Logs: z.array(z.string()),
    RequestId: requestId,
  }),
  podEvents: z.strictObject({
    JobId: z.string(),
    PodId: z.string(),
    PodUid: z.uuid(),
    Events: z.array(z.string().regex(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d \S/)),
    RequestId: requestId,
  }),
  jobEvents: z.strictObject({
    JobId: z.string(),
    Events: z.array(z.string().regex(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d \S/)),
    RequestId: requestId,
  }),
  metrics: z.strictObject({
    JobId: z.string(),
    PodMetrics: z.array(
      z.strictObject({
        PodId: z.string(),
        Metrics: z.array(z.strictObject({ Time: z.int(), Value: z.number() })),
      }),
    ),
    RequestId: requestId,
  }),
  specs: z.strictObject({
    TotalCount: z.int(),
    RequestId: requestId,
    EcsSpecs: z.array(
      z.strictObject({
        InstanceType: z.string(),
        AcceleratorType: z.enum(['CPU', 'GPU']),
        Cpu: z.number(),
        Gpu: z.int(),
        GpuType: text,
        GpuMemory: whole,
        Memory: z.number(),
        IsAvailable: z.boolean(),
        ResourceType: z.enum(['ECS', 'Lingjun']),
        PaymentTypes: z.array(z.string()),
        DefaultGPUDriver: text,
        SupportedGPUDrivers: z.array(z.string()),
        NonProtectSpotDiscount: z.number().optional(),
        SpotStockStatus: text,
      }),
    ),
  }),
  error: z.strictObject({
    Code: z.string().regex(/^[A-Za-z.]+$/),
    Message: z.string().min(1),
    RequestId: requestId,
    HostId: z.string(),
    Recommend: z.url(),
  }),
};

const everything = {
  DisplayName: 'everything',
  JobSpecs: [
    {
      Type: 'Worker',
      Image: 'img',
      PodCount: 2,
      ResourceConfig: { CPU: '1', Memory: '1Gi', SharedMemory: '1Gi' },
      ImageConfig: { Username: 'u', Password: 'p' },
    },
  ],
  ResourceId: 'quota1',
  WorkspaceId: '268',
  Priority: 3,
  Description: 'All there is',
  Envs: { A: 'b' },
  CustomEnvs: [{ Key: 'k', Value: 'v', Visible: 'true' }],
  ThirdpartyLibs: ['numpy'],
  ThirdpartyLibDir: '/root',
  DataSources: [{ Uri: 'oss://b/', MountPath: '/m', MountAccess: 'RO', Options: '{}' }],
  CodeSource: { CodeSourceId: 'code-1', Branch: 'main', Commit: 'c', MountPath: '/c' },
  UserVpc: { VpcId: 'v', SwitchId: 's', SecurityGroupId: 'g', ExtendedCIDRs: ['10.0.0.0/8'] },
  CredentialConfig: { EnableCredentialInject: false, CredentialConfigItems: [{ Key: '0', Roles: [] }] },
  Settings: { Tags: { k: 'v' } },
  SchedulingStrategy: 'Auto',
  JobMaxRunningTimeMinutes: 5,
  Options: 'a=b',
  SuccessPolicy: 'AllWorkers',
};

let run: LocalDlc;
let still: LocalDlc;
let ended: string;
let waiting: string;

beforeAll(async () => {
  run = await startLocalDlc({
    dataDir: client.newDataDir(),
    phaseMs: { Creating: 0, Queuing: 0, EnvPreparing: 0 },
    meterEveryMs: 200,
  });
  still = await startLocalDlc({ dataDir: client.newDataDir(), phaseMs: { Creating: 3_600_000 } });
  waiting = await client.createId(still, everything);
  ended = await client.createId(run, { UserCommand: 'echo out; sleep 1.5; exit 2' });
  const isFailed = async () => expect(await client.statusOf(run, ended)).toBe('Failed');
  await vi.waitFor(isFailed, { timeout: 15_000, interval: 50 });
}, 30_000);
afterAll(async () => {
  await run.close();
  await still.close();
});

type Question = () => Promise<client.Reply>;
const get = (dlc: () => LocalDlc, action: string, path: () => string, query = {}): Question => {
  return () => client.call(dlc(), { action, path: `/api/v1/${path()}`, query });
};
const pods = (): string => `jobs/${ended}/pods/${ended}-master-0`;

const endedLeaves =
  'JobId DisplayName JobType Status SubStatus ReasonCode ReasonMessage Accessibility WorkspaceId WorkspaceName UserId TenantId ClusterId ResourceLevel ResourceType Priority UserCommand Duration RestartTimes EnabledDebugger JobSpecs GmtCreateTime GmtSubmittedTime GmtRunningTime GmtFailedTime GmtFinishTime StatusHistory Pods RequestId';
const waitingLeaves =
  'Description CustomEnvs CredentialConfig DataSources CodeSource UserVpc ThirdpartyLibs ThirdpartyLibDir Envs Settings SchedulingStrategy ResourceId GmtCreateTime Pods StatusHistory JobReplicaStatuses RestartRecord';

const answers: [name: string, ask: Question, shape: z.ZodType, mustHave: string][] = [
  [
    'GetJob of an ended job',
    get(
      () => run,
      'GetJob',
      () => `jobs/${ended}`,
    ),
    shapes.job,
    endedLeaves,
  ],
  [
    'GetJob of a job with everything',
    get(
      () => still,
      'GetJob',
      () => `jobs/${waiting}`,
    ),
    shapes.job,
    waitingLeaves,
  ],
  [
    'ListJobs',
    get(
      () => run,
      'ListJobs',
      () => 'jobs',
    ),
    shapes.jobs,
    'Jobs TotalCount',
  ],
  [
    'ListJobs of a job with everything',
    get(
      () => still,
      'ListJobs',
      () => 'jobs',
    ),
    shapes.jobs,
    'Jobs TotalCount',
  ],
  ['CreateJob', () => client.create(still), shapes.jobId, 'JobId'],
  ['UpdateJob', () => client.update(run, ended, { Description: 'd' }), shapes.jobId, 'JobId'],
  [
    'GetPodLogs',
    get(
      () => run,
      'GetPodLogs',
      () => `${pods()}/logs`,
    ),
    shapes.logs,
    'JobId PodId PodUid Logs',
  ],
  [
    'GetPodEvents',
    get(
      () => run,
      'GetPodEvents',
      () => `${pods()}/events`,
    ),
    shapes.podEvents,
    'PodUid Events',
  ],
  [
    'GetJobEvents',
    get(
      () => run,
      'GetJobEvents',
      () => `jobs/${ended}/events`,
    ),
    shapes.jobEvents,
    'JobId Events',
  ],
  [
    'GetJobMetrics',
    get(
      () => run,
      'GetJobMetrics',
      () => `jobs/${ended}/metrics`,
      { MetricType: 'MemoryUsage' },
    ),
    shapes.metrics,
    'JobId PodMetrics',
  ],
  [
    'ListEcsSpecs',
    get(
      () => run,
      'ListEcsSpecs',
      () => 'ecsspecs',
    ),
    shapes.specs,
    'EcsSpecs TotalCount',
  ],
  ['StopJob', () => client.stop(still, waiting), shapes.jobId, 'JobId'],
  ['DeleteJob', () => client.remove(still, waiting), shapes.jobId, 'JobId'],
];

describe('an answer has the leaves of the API and no others', () => {
  it.each(answers)('%s', async (_name, ask, shape, mustHave) => {
    const { status, headers, body } = await ask();
    expect(shape.safeParse(body).error?.issues ?? []).toEqual([]);
    expect(mustHave.split(' ').filter((leaf) => body[leaf] === undefined)).toEqual([]);
    expect(status).toBe(200);
    expect(headers['x-acs-request-id']).toBe(body.RequestId);
    expect(headers['content-type']).toBe('application/json;charset=utf-8');
  });

  it('the lists in them are not empty', async () => {
    const job = await client.read(run, ended);
    expect(job.StatusHistory).toHaveLength(5);
    expect(job.Pods).toHaveLength(1);
    const query = { MetricType: 'MemoryUsage' };
    const { body } = await client.call(run, {
      action: 'GetJobMetrics',
      path: `/api/v1/jobs/${ended}/metrics`,
      query,
    });
    expect(body.PodMetrics).toMatchObject([{ Metrics: [{ Value: expect.any(Number) }] }]);
  });
});

const refusals: [name: string, ask: Question, status: number, code: string][] = [
  [
    'an unknown job',
    get(
      () => run,
      'GetJob',
      () => 'jobs/dlcnone',
    ),
    404,
    'NotFound',
  ],
  [
    'an unknown pod',
    get(
      () => run,
      'GetPodLogs',
      () => `jobs/${ended}/pods/none/logs`,
    ),
    404,
    'NotFound',
  ],
  ['a body that lacks a field', () => client.create(run, { JobType: undefined }), 400, 'MissingJobType'],
  [
    'a wrong parameter',
    get(
      () => run,
      'ListJobs',
      () => 'jobs',
      { PageSize: '0' },
    ),
    400,
    'InvalidParameter',
  ],
  ['a stop that comes too late', () => client.stop(run, ended), 400, 'BadRequest'],
  [
    'an operation it does not have',
    get(
      () => run,
      'GetWebTerminal',
      () => `${pods()}/webterminal`,
    ),
    404,
    'InvalidAction.NotFound',
  ],
  [
    'another API',
    get(
      () => run,
      'ListTensorboards',
      () => 'tensorboards',
    ),
    404,
    'InvalidAction.NotFound',
  ],
  [
    'another key',
    () => client.call({ ...run, accessKeyId: 'LTAIother' }, { action: 'ListJobs' }),
    404,
    'InvalidAccessKeyId.NotFound',
  ],
];

describe('a refusal is a whole error body', () => {
  it.each(refusals)('%s', async (_name, ask, status, code) => {
    const reply = await ask();
    expect(shapes.error.safeParse(reply.body).error?.issues ?? []).toEqual([]);
    expect({ status: reply.status, code: reply.body.Code }).toEqual({ status, code });
    expect(reply.body.HostId).toBe(new URL(run.endpoint).host);
  });
});
