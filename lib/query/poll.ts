import { isTerminal, isWaiting } from '@/lib/dlc/status';

export type PollIntervals = { activeMs: number; waitingMs: number; listMs: number; logsMs: number };

/** Pauses between two readings of a job; false once there is nothing left to wait for. */
export function toJobIntervalMs(status: string | undefined, poll: PollIntervals): number | false {
  if (status === undefined) return poll.activeMs;
  if (isTerminal(status)) return false;
  return isWaiting(status) ? poll.waitingMs : poll.activeMs;
}

const podEnds = new Set(['Succeeded', 'Failed']);

/** Whether a pod may still write. A job's end ends its pods, whatever they last said of themselves. */
export function canWrite(podStatus: string, jobStatus: string): boolean {
  return !isTerminal(jobStatus) && !podEnds.has(podStatus);
}

/** Readings of a pod's output after its end: the log service may lag behind the status. */
const readingsAfterEnd = 3;

export function toLogsIntervalMs(
  pod: { canWrite: boolean; readings: number },
  poll: Pick<PollIntervals, 'logsMs'>,
): number | false {
  return pod.canWrite || pod.readings < readingsAfterEnd ? poll.logsMs : false;
}

/** A submission is looked at often while its answer is due, and slowly while a lost one is searched for. */
export function toSubmissionIntervalMs(state: string, poll: PollIntervals): number | false {
  if (state === 'reserved' || state === 'sending') return 1000;
  if (state === 'unconfirmed') return poll.activeMs;
  return state === 'needs-attention' ? poll.listMs : false;
}
