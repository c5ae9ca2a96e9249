import { enteredAt, isFinished, type JobRecord, type Pod } from './job-record';

type Json = Record<string, unknown>;

/** UTC `yyyy-MM-ddTHH:mm:ssZ`; undefined, and so absent from an answer, where a time was not reached. */
export function toGmt(at: number | undefined): string | undefined {
  return at === undefined ? undefined : new Date(at).toISOString().replace(/\.\d+Z$/, 'Z');
}

export function secondsBetween(from: number | undefined, to: number): number {
  return from === undefined ? 0 : Math.max(0, Math.floor((to - from) / 1000));
}

/** Pods are made when the job's environment is prepared. */
export function podsOf(job: JobRecord): Pod[] {
  return enteredAt(job, 'EnvPreparing') === undefined ? [] : job.pods;
}

function toPod(job: JobRecord, pod: Pod): Json {
  return {
    PodId: pod.podId,
    PodUid: pod.podUid,
    Type: pod.role,
    Status: pod.status,
    SubStatus: 'Normal',
    Ip: '127.0.0.1',
    NodeName: 'localhost',
    GmtCreateTime: toGmt(enteredAt(job, 'EnvPreparing')),
    GmtStartTime: toGmt(pod.startedAt),
    GmtFinishTime: toGmt(pod.finishedAt),
    HistoryPods: [],
  };
}

/** GetJob's Pods (dlc-api.md §2.2). */
export function toPods(job: JobRecord, now: number): Json[] {
  return podsOf(job).map((pod) => ({
    ...toPod(job, pod),
    ResourceType: 'Normal',
    PodIps: [{ InterfaceName: 'lo', Ip: '127.0.0.1' }],
    Duration: secondsBetween(pod.startedAt, pod.finishedAt ?? now),
  }));
}

/** ListJobs' Pods (dlc-api.md §2.3). */
export function toPodItems(job: JobRecord): Json[] {
  return podsOf(job).map((pod) => ({ ...toPod(job, pod), PodIp: '127.0.0.1' }));
}

/** JobReplicaStatuses: how many pods of each role run, wait and have left the queue. */
export function toReplicas(job: JobRecord): Json[] {
  const isQueued = podsOf(job).length === 0;
  return [...new Set(job.pods.map(({ role }) => role))].map((role) => {
    const pods = job.pods.filter((pod) => pod.role === role);
    const active = pods.filter(({ status }) => status === 'Running').length;
    const queuing = isQueued && !isFinished(job) ? pods.length : 0;
    return { Type: role, Active: active, Queuing: queuing, Dequeued: pods.length - queuing };
  });
}
