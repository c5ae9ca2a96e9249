import { type Ending, enter, enteredAt, hasEnded, type JobRecord, type Pod } from './job-record';
import type { PodSight } from './pod-runner';
import { decidingPods } from './success';

export type Phase = 'Creating' | 'Queuing' | 'EnvPreparing';

const afterPhase = { Creating: 'Queuing', Queuing: 'EnvPreparing', EnvPreparing: 'Running' } as const;

export function isPhase(status: string): status is Phase {
  return Object.hasOwn(afterPhase, status);
}

/** Counted from the last time the job came into the phase. */
export function hasLasted(job: JobRecord, phase: Phase, phaseMs: number, now: number): boolean {
  const since = job.history.findLast(({ status }) => status === phase)?.startedAt ?? job.createdAt;
  return now - since >= phaseMs;
}

/** The job once its phase has lasted long enough; the same job before. */
export function leavePhase(job: JobRecord, phase: Phase, phaseMs: number, now: number): JobRecord {
  if (!hasLasted(job, phase, phaseMs, now)) return job;
  const missing = phase === 'EnvPreparing' ? missingImage(job) : undefined;
  if (!missing) return enter(job, afterPhase[phase], now);
  const message = `Failed to pull image "${missing}": manifest for ${missing} not found.`;
  return finish({ ...job, ending: { status: 'Failed', reason: { code: 'ImagePullFailed', message } } }, now);
}

/** The image `missing:latest`, of any repository, is never there: a way to see a job fail while it is prepared. */
function missingImage(job: JobRecord): string | undefined {
  const specs = Array.isArray(job.request.JobSpecs) ? job.request.JobSpecs : [];
  return specs
    .map((spec: { Image?: unknown }) => spec.Image)
    .find((image): image is string => typeof image === 'string' && /(^|\/)missing:latest$/.test(image));
}

/** The pod as it is seen; `hasSucceeded`: its job has without it. It began when its claim was written and ended when its exit code was, even if nobody looked then. */
export function seePod(
  pod: Pod,
  sight: PodSight,
  now: number,
  hasSucceeded: boolean,
  writtenAt: (file: 'claim' | 'exit') => number | undefined,
): Pod {
  if (sight.state === 'unclaimed' || (sight.state === 'running' && pod.status === 'Running')) return pod;
  const began = (): number => Math.min(now, Math.round(writtenAt('claim') ?? now));
  if (sight.state === 'running') return { ...pod, status: 'Running', startedAt: began() };
  const startedAt = pod.startedAt ?? (sight.exitCode === undefined ? undefined : began());
  const isWanted = sight.exitCode === 0 || hasSucceeded;
  const status = isWanted ? 'Succeeded' : 'Failed';
  const note = hasSucceeded && sight.exitCode !== 0 ? endedWithJob : sight.note;
  const finishedAt = Math.max(startedAt ?? 0, Math.min(now, Math.round(writtenAt('exit') ?? now)));
  return { ...pod, status, startedAt, finishedAt, exitCode: sight.exitCode, note };
}

/** Of a pod that was still running when its job had succeeded. */
const endedWithJob = 'was ended when the job had succeeded';

/** Why a running job has to end before all of its pods have succeeded. */
export function newEnding(job: JobRecord, now: number): Ending | undefined {
  const failed = job.pods.find(({ status }) => status === 'Failed');
  if (failed) {
    const how = failed.note ?? `exited with code ${failed.exitCode}`;
    const message = `${job.request.JobType} ${job.jobId} is failed: pod ${failed.podId} ${how}.`;
    return { status: 'Failed', reason: { code: 'JobFailed', message } };
  }
  // The others are ended with it, as the PS of a TFJob, which never end by themselves.
  if (decidingPods(job).every(({ status }) => status === 'Succeeded')) return succeeded(job);
  const maxMinutes = job.request.JobMaxRunningTimeMinutes;
  const runningAt = enteredAt(job, 'Running');
  if (typeof maxMinutes !== 'number' || runningAt === undefined || job.pods.every(hasEnded)) return undefined;
  if (now - runningAt < maxMinutes * 60_000) return undefined;
  const message = `Job is stopped: it reached its JobMaxRunningTimeMinutes of ${maxMinutes}.`;
  return { status: 'Stopped', reason: { code: 'JobMaxRunningTimeExceeded', message } };
}

/** The job in its last status; a pod that never began counts as failed. */
export function finish(job: JobRecord, now: number): JobRecord {
  const { status, reason } = job.ending ?? succeeded(job);
  const pods = job.pods.map(
    (pod): Pod => (hasEnded(pod) ? pod : { ...pod, status: 'Failed', finishedAt: now }),
  );
  return enter({ ...job, pods }, status, endOf(job, now), reason);
}

function succeeded({ jobId, request }: JobRecord): Ending {
  const message = `${request.JobType} ${jobId} is successfully completed.`;
  return { status: 'Succeeded', reason: { code: 'JobSucceeded', message } };
}

/** When the last pod ended, which may be long before the server came back to see it. */
function endOf({ pods, history }: JobRecord, now: number): number {
  const ends = pods.flatMap(({ startedAt, finishedAt }) => (startedAt && finishedAt ? [finishedAt] : []));
  if (ends.length < pods.length) return now;
  return Math.max(history.at(-1)?.startedAt ?? 0, ...ends);
}
