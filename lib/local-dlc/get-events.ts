import { type Answer, done, type Read } from './answer';
import { eventsOfJob, eventsOfPod, type JobEvent, toLine } from './job-events';
import { findJob, findPod } from './jobs';
import type { Cloud, Question } from './operation';
import { type Query, readInteger, readQuery, readSeconds } from './query';

const defaultWindowSeconds = 7 * 24 * 3_600;

/** dlc-api.md §2.5. */
export function getJobEvents(cloud: Cloud, question: Question): Answer {
  const found = findJob(cloud, question.ids[0]);
  if ('refusal' in found) return found.refusal;
  const query = readQuery(question.query);
  if ('refusal' in query) return query.refusal;
  const lines = pickLines(eventsOfJob(found.value), query.value, cloud.clock());
  return 'refusal' in lines ? lines.refusal : done({ JobId: found.value.jobId, Events: lines.value });
}

export function getPodEvents(cloud: Cloud, question: Question): Answer {
  const query = readQuery(question.query);
  if ('refusal' in query) return query.refusal;
  const found = findPod(cloud, question.ids, query.value);
  if ('refusal' in found) return found.refusal;
  const { job, pod } = found.value;
  const lines = pickLines(eventsOfPod(job, pod), query.value, cloud.clock());
  if ('refusal' in lines) return lines.refusal;
  return done({ JobId: job.jobId, PodId: pod.podId, PodUid: pod.podUid, Events: lines.value });
}

/** Where there are too many, the newest stay. */
function pickLines(events: JobEvent[], query: Query, now: number): Read<string[]> {
  const from = readSeconds(query, 'StartTime');
  if ('refusal' in from) return from;
  const to = readSeconds(query, 'EndTime');
  if ('refusal' in to) return to;
  const most = readInteger(query, 'MaxEventsNum', { fallback: 2_000, min: 1, max: 10_000 });
  if ('refusal' in most) return most;
  const first = from.value ?? Math.floor(now / 1_000) - defaultWindowSeconds;
  const last = to.value ?? Number.POSITIVE_INFINITY;
  const lines = events
    .filter(({ at }) => Math.floor(at / 1_000) >= first && Math.floor(at / 1_000) <= last)
    .map(toLine);
  return { value: lines.slice(-most.value) };
}
