import type { JobRecord, Pod } from './job-record';
import { specOf } from './pod-plan';
import { needOfSpec } from './resources';

/** How the pods of a job reach each other: a pod's host name or address. */
export type HostOf = (pod: Pod) => string;

/** What DLC tells a pod of its peers, by type of job (dlc-api.md §7). */
export function clusterVariables(job: JobRecord, pod: Pod, hostOf: HostOf): Record<string, string> {
  switch (job.request.JobType) {
    case 'TFJob':
      return tensorflowVariables(job, pod, hostOf);
    case 'ElasticBatchJob':
      return {
        ...rankVariables(job, pod, hostOf),
        // The lower-case l is the cloud's.
        ElASTICBATCH_CONFIG: JSON.stringify({ task: taskOf(pod), environment: 'cloud' }),
      };
    default:
      return rankVariables(job, pod, hostOf);
  }
}

/** A rank is a node's, and so is WORLD_SIZE; processes per node are the GPUs asked for, one where there are none. */
function rankVariables(job: JobRecord, pod: Pod, hostOf: HostOf): Record<string, string> {
  const [first = pod] = job.pods;
  return {
    MASTER_ADDR: hostOf(first),
    MASTER_PORT: String(first.port),
    WORLD_SIZE: String(job.pods.length),
    RANK: String(job.pods.findIndex(({ podId }) => podId === pod.podId)),
    NPROC_PER_NODE: String(slotsOf(job, pod)),
    PYTHONUNBUFFERED: '0',
  };
}

/** Processes that a pod is meant to run: the GPUs its role asks for, and one where it asks for none. */
export function slotsOf(job: JobRecord, pod: Pod): number {
  const { gpu } = needOfSpec(specOf(job, pod) ?? {});
  return Number.isInteger(gpu) && gpu > 0 ? gpu : 1;
}

function tensorflowVariables(job: JobRecord, pod: Pod, hostOf: HostOf): Record<string, string> {
  const cluster: Record<string, string[]> = {};
  for (const peer of job.pods) {
    if (peer.role === 'evaluator') continue;
    cluster[peer.role] = [...(cluster[peer.role] ?? []), `${hostOf(peer)}:${peer.port}`];
  }
  return { TF_CONFIG: JSON.stringify({ cluster, task: taskOf(pod), environment: 'cloud' }) };
}

function taskOf({ role, index }: Pod): { type: string; index: number } {
  return { type: role, index };
}
