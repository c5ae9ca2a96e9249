import type { JobRecord, Pod } from './job-record';

const allowed = /^(PATH|HOME|USER|LOGNAME|LANG|LANGUAGE|LC_[A-Z]+|TZ|TMPDIR)$/;

/** The wrapper's own shell would trip over these before it runs anything. */
const shellOwn = new Set(['OPTIND', 'SHELLOPTS', 'BASHOPTS']);

/** Every process of a pod carries this variable; pod-processes.ts finds them by it. */
export const podCookie = 'DLC_POD_ID';

/**
 * A pod's environment: an allow-list of the server's, then Envs, then what DLC sets itself (dlc-api.md §7), which wins
 * as in the cloud. All pods share one machine, so every address is 127.0.0.1.
 */
export function podEnvironment(job: JobRecord, pod: Pod, server: NodeJS.ProcessEnv): Record<string, string> {
  const environment: Record<string, string> = {};
  for (const [name, value] of Object.entries(server))
    if (value !== undefined && allowed.test(name)) environment[name] = value;
  for (const [name, value] of Object.entries(job.request.Envs ?? {}))
    if (typeof value === 'string' && !shellOwn.has(name)) environment[name] = value;
  return {
    ...environment,
    ...(job.request.JobType === 'TFJob' ? tensorflowVariables(job, pod) : rankVariables(job, pod)),
    DLC_JOB_ID: job.jobId,
    PAI_TASK_ROLE: pod.role,
    PAI_WORKSPACE_ID: job.workspaceId,
    [podCookie]: pod.podId,
  };
}

function rankVariables(job: JobRecord, pod: Pod): Record<string, string> {
  return {
    MASTER_ADDR: '127.0.0.1',
    MASTER_PORT: String(job.pods[0]?.port ?? 0),
    WORLD_SIZE: String(job.pods.length),
    RANK: String(job.pods.findIndex(({ podId }) => podId === pod.podId)),
    PYTHONUNBUFFERED: '0',
  };
}

function tensorflowVariables(job: JobRecord, pod: Pod): Record<string, string> {
  const cluster: Record<string, string[]> = {};
  for (const { role, port } of job.pods)
    if (role !== 'evaluator') cluster[role] = [...(cluster[role] ?? []), `127.0.0.1:${port}`];
  const task = { type: pod.role, index: pod.index };
  return { TF_CONFIG: JSON.stringify({ cluster, task, environment: 'cloud' }) };
}
