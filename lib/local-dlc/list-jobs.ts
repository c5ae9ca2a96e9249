import { type Answer, done, type Read, refuse, refuseParameter } from './answer';
import { readFilter } from './job-filter';
import { finishedAt, type JobRecord } from './job-record';
import { toJobItem } from './job-view';
import type { Cloud, Question } from './operation';
import { type Query, readInteger, readQuery } from './query';

/** dlc-api.md §2.3. */
export function listJobs(cloud: Cloud, question: Question): Answer {
  const query = readQuery(question.query);
  if ('refusal' in query) return query.refusal;
  const now = cloud.clock();
  const filter = readFilter(query.value, cloud.userId, now);
  if ('refusal' in filter) return filter.refusal;
  const sorted = readSorted(cloud, query.value, filter.value);
  if ('refusal' in sorted) return sorted.refusal;
  const page = readInteger(query.value, 'PageNumber', { fallback: 1, min: 1, max: 1_000 });
  if ('refusal' in page) return page.refusal;
  const size = readInteger(query.value, 'PageSize', { fallback: 10, min: 1, max: 100 });
  if ('refusal' in size) return size.refusal;
  const from = (page.value - 1) * size.value;
  const waiting = cloud.machine.waiting();
  return done({
    Jobs: sorted.value
      .slice(from, from + size.value)
      .map((job) => toJobItem(job, now, waiting.get(job.jobId))),
    TotalCount: sorted.value.length,
  });
}

const sortKeys: Record<string, (job: JobRecord) => string | number> = {
  DisplayName: (job) => String(job.request.DisplayName),
  JobType: (job) => String(job.request.JobType),
  Status: (job) => job.status,
  GmtCreateTime: (job) => job.createdAt,
  GmtFinishTime: (job) => finishedAt(job) ?? Number.POSITIVE_INFINITY,
};

function compare(left: string | number, right: string | number): number {
  return left < right ? -1 : left > right ? 1 : 0;
}

function readSorted(cloud: Cloud, query: Query, isAsked: (job: JobRecord) => boolean): Read<JobRecord[]> {
  const sortBy = query.get('SortBy') ?? 'GmtCreateTime';
  const order = query.get('Order') ?? 'desc';
  const keyOf = Object.hasOwn(sortKeys, sortBy) ? sortKeys[sortBy] : undefined;
  if (!keyOf)
    return {
      refusal: refuse(400, 'BadRequest', `SortBy: must be one of ${Object.keys(sortKeys).join(', ')}.`),
    };
  if (order !== 'asc' && order !== 'desc') return { refusal: refuseParameter('Order: must be asc or desc.') };
  const sign = order === 'asc' ? 1 : -1;
  // The id settles ties, or pages could show a job twice and another never.
  return {
    value: cloud.store
      .all()
      .filter(isAsked)
      .sort((a, b) => sign * (compare(keyOf(a), keyOf(b)) || compare(a.jobId, b.jobId))),
  };
}
