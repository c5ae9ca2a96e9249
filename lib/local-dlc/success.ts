import type { JobRecord, Pod } from './job-record';
import { specOf } from './pod-plan';

const leaders = new Set(['chief', 'master']);

/**
 * The pods whose success is the job's: those of the role with IsChief, or of the roles that SuccessPolicy Partial counts; of
 * a TFJob the chief and the workers, for a PS does not end by itself, or with ChiefWorker its chief, else its first worker.
 */
export function decidingPods(job: JobRecord): Pod[] {
  const { JobType, SuccessPolicy } = job.request;
  const withFlag = (name: string): Pod[] => job.pods.filter((pod) => specOf(job, pod)?.[name] === true);
  const chosen = [
    ...withFlag('IsChief'),
    ...(SuccessPolicy === 'Partial' ? withFlag('ConsiderInSuccessPolicy') : []),
  ];
  if (chosen.length > 0) return chosen;
  if (JobType !== 'TFJob') return job.pods;
  const chief = job.pods.filter(({ role }) => leaders.has(role));
  const workers = job.pods.filter(({ role }) => role === 'worker');
  if (SuccessPolicy !== 'ChiefWorker') return [...chief, ...workers];
  return chief.length > 0 ? chief : workers.filter(({ index }) => index === 0);
}
