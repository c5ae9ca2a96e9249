import { enteredAt, finishedAt, type JobRecord, type Reason } from './job-record';
import { isSpot, localUsername } from './job-search';
import { podsOf, secondsBetween, toGmt, toPodItems, toPods, toReplicas } from './pod-answer';
import { needOf } from './queue';

type Json = Record<string, unknown>;

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function listOf(value: unknown): Json[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}

function pick(source: Json, names: string[]): Json {
  return Object.fromEntries(names.filter((name) => name in source).map((name) => [name, source[name]]));
}

function without(source: Json, names: string[]): Json {
  return Object.fromEntries(Object.entries(source).filter(([name]) => !names.includes(name)));
}

/** What GetJob and ListJobs both tell; the names are CreateJob's and come through as they were given. */
const sameName = [
  'DisplayName',
  'JobType',
  'UserCommand',
  'ThirdpartyLibs',
  'ThirdpartyLibDir',
  'Envs',
  'ResourceId',
  'Settings',
  'ElasticSpec',
  'SchedulingStrategy',
];

function toCommon(job: JobRecord, now: number, reason: Reason): Json {
  const { request } = job;
  const vpc = request.UserVpc;
  return {
    JobId: job.jobId,
    ...pick(request, sameName),
    Status: job.status,
    SubStatus: '',
    ReasonCode: reason.code,
    ReasonMessage: reason.message,
    Accessibility: request.Accessibility ?? 'PRIVATE',
    WorkspaceId: job.workspaceId,
    WorkspaceName: `workspace-${job.workspaceId}`,
    UserId: job.userId,
    TenantId: job.userId,
    ClusterId: 'local',
    ResourceType: 'ECS',
    ResourceLevel: 'L0',
    Priority: request.Priority ?? 1,
    EnabledDebugger: false,
    RestartTimes: '0/0',
    Duration: secondsBetween(enteredAt(job, 'Running'), finishedAt(job) ?? now),
    JobSpecs: listOf(request.JobSpecs).map(toSpec),
    ...(isObject(request.CodeSource)
      ? { CodeSource: pick(request.CodeSource, ['CodeSourceId', 'Branch', 'Commit', 'MountPath']) }
      : {}),
    // The answer spells the field unlike the request (dlc-api.md §1.8).
    ...(isObject(vpc)
      ? {
          UserVpc: {
            ...without(vpc, ['ExtendedCIDRs']),
            ...('ExtendedCIDRs' in vpc ? { ExtendedCidrs: vpc.ExtendedCIDRs } : {}),
          },
        }
      : {}),
    GmtCreateTime: toGmt(job.createdAt),
    GmtSubmittedTime: toGmt(enteredAt(job, 'Queuing')),
    GmtRunningTime: toGmt(enteredAt(job, 'Running')),
    GmtSuccessedTime: toGmt(enteredAt(job, 'Succeeded')),
    GmtFailedTime: toGmt(enteredAt(job, 'Failed')),
    GmtStoppedTime: toGmt(enteredAt(job, 'Stopped')),
    GmtFinishTime: toGmt(finishedAt(job)),
    StatusHistory: job.history.map((span) => ({
      Status: span.status,
      StartTime: toGmt(span.startedAt),
      EndTime: toGmt(span.endedAt),
      ReasonCode: span.reason.code,
      ReasonMessage: span.reason.message,
    })),
  };
}

/** Logins are taken, never told. */
function toSpec(spec: Json): Json {
  return isObject(spec.ImageConfig)
    ? { ...spec, ImageConfig: without(spec.ImageConfig, ['Password', 'Auth']) }
    : spec;
}

function toCredentialConfig(config: Json): Json {
  const items = listOf(config.CredentialConfigItems).map((item) => ({
    ...item,
    Roles: listOf(item.Roles).map((role) => without(role, ['AssumeUserInfo'])),
  }));
  return { ...config, CredentialConfigItems: items };
}

/** GetJob's answer (dlc-api.md §2.2). `reason` is why a job waits, which changes too often to be kept. */
export function toJob(job: JobRecord, now: number, reason = job.reason): Json {
  const { request } = job;
  return {
    ...toCommon(job, now, reason),
    ...pick(request, ['Description', 'CustomEnvs']),
    ...(isObject(request.CredentialConfig)
      ? { CredentialConfig: toCredentialConfig(request.CredentialConfig) }
      : {}),
    DataSources: listOf(request.DataSources).map((source) =>
      pick(source, ['DataSourceId', 'MountPath', 'Uri']),
    ),
    Pods: toPods(job, now),
    JobReplicaStatuses: toReplicas(job),
    RestartRecord: [],
  };
}

export function withoutDetail(view: Json): Json {
  return without(view, ['Pods', 'JobSpecs', 'StatusHistory', 'JobReplicaStatuses', 'RestartRecord']);
}

/** One element of ListJobs' Jobs (dlc-api.md §2.3). */
export function toJobItem(job: JobRecord, now: number, reason = job.reason): Json {
  const { request } = job;
  const need = needOf(job, job.pods);
  return {
    ...toCommon(job, now, reason),
    DataSources: listOf(request.DataSources).map((source) => pick(source, ['DataSourceId', 'MountPath'])),
    Pods: toPodItems(job),
    Username: localUsername,
    GmtModifiedTime: toGmt(job.modifiedAt),
    JobMaxRunningTimeMinutes: request.JobMaxRunningTimeMinutes ?? 0,
    IsDeleted: false,
    EnablePreemptibleJob: isSpot(job),
    UseOversoldResource: false,
    NodeCount: String(job.pods.length),
    NodeNames: podsOf(job).length > 0 ? ['localhost'] : [],
    RetryCount: 0,
    RequestCPU: Math.ceil(need.cpu),
    RequestGPU: String(need.gpu),
    RequestMemory: `${Math.ceil(need.memoryGiB)}Gi`,
    ...pick(request, ['TemplateId']),
    ...(request.ResourceId
      ? { ResourceName: request.ResourceId, ResourceQuotaName: request.ResourceId }
      : {}),
  };
}
