import { enteredAt, isFinished, type JobRecord, type Pod } from './job-record';
import { needOf } from './queue';
import { describeResources } from './resources';

export type JobEvent = { at: number; text: string };

/** All that happened to a job, in order, told from its record. */
export function eventsOfJob(job: JobRecord): JobEvent[] {
  const statuses = job.history.map((span): JobEvent => {
    const why = span.reason.message === '' ? '' : `: ${span.reason.message.replace(/\.$/, '')}`;
    return { at: span.startedAt, text: `${describeStatus(job, span.status)}${why}.` };
  });
  // Of what happened in the same moment, the end of the job comes last.
  const last = isFinished(job) ? statuses.splice(-1) : [];
  const pods = job.pods.flatMap((pod) => eventsOfPod(job, pod));
  return inOrder([...statuses, ...pods, ...(job.notes ?? []), ...last]);
}

export function eventsOfPod(job: JobRecord, pod: Pod): JobEvent[] {
  const scheduledAt = enteredAt(job, 'EnvPreparing');
  const { podId, startedAt, finishedAt } = pod;
  return inOrder([
    ...(scheduledAt === undefined
      ? []
      : [
          { at: scheduledAt, text: `Created pod: ${podId}` },
          {
            at: scheduledAt,
            text: `Pod ${podId} is assigned to localhost: ${describeResources(needOf(job, [pod]))}.`,
          },
        ]),
    ...(startedAt === undefined ? [] : [{ at: startedAt, text: `Started pod: ${podId}` }]),
    ...(scheduledAt === undefined || finishedAt === undefined
      ? []
      : [{ at: finishedAt, text: describeEnd(pod) }]),
  ]);
}

function describeStatus({ jobId, request }: JobRecord, status: string): string {
  if (status === 'Creating') return `Job ${jobId} is accepted`;
  if (status === 'Queuing') return `Job ${jobId} is in the queue with Priority ${request.Priority ?? 1}`;
  return `Job ${jobId} is ${status}`;
}

function describeEnd({ podId, status, startedAt, exitCode, note }: Pod): string {
  if (status === 'Succeeded') return `Pod ${podId} ${note ?? 'succeeded'}.`;
  if (startedAt === undefined) return `Pod ${podId} ended before it began${note ? `: it ${note}` : ''}.`;
  return `Pod ${podId} failed: it ${note ?? `exited with code ${exitCode}`}.`;
}

/** Stable, so that what happened at one moment keeps the order given. */
function inOrder(events: JobEvent[]): JobEvent[] {
  return events.sort((left, right) => left.at - right.at);
}

/** `2021-01-28 14:07:24 Created pod: …` (dlc-api.md §2.5), in UTC as all times of the answers. */
export function toLine({ at, text }: JobEvent): string {
  return `${new Date(at).toISOString().slice(0, 19).replace('T', ' ')} ${text}`;
}
