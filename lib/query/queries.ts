import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { Job } from '@/lib/dlc/job';
import { isTerminal } from '@/lib/dlc/status';
import { routes } from '@/lib/routes';
import type { JobActivity } from './job-activity';
import type { JobRowPage } from './job-row';
import { type PollIntervals, toJobIntervalMs, toLogsIntervalMs, toSubmissionIntervalMs } from './poll';
import { readAnswer } from './read-answer';
import type { SubmissionView } from './submission-view';

/** What is read under a key is read again after a write: `jobKeys.all` for the list, `jobKeys.one(id)` for a job. */
export const jobKeys = {
  list: (page: number) => ['jobs', page] as const,
  one: (jobId: string) => ['job', jobId] as const,
};

// What the server just handed over need not be asked for again at once.
const staleTime = 1000;

export function jobQuery(jobId: string, poll: PollIntervals) {
  return queryOptions({
    queryKey: jobKeys.one(jobId),
    queryFn: ({ signal }) => readAnswer<Job>(routes.api.job(jobId), signal),
    refetchInterval: (query) => toJobIntervalMs(query.state.data?.Status, poll),
    staleTime,
  });
}

/** What happened to a job and what its pods use. Its end is part of the key: it causes one more reading. */
export function jobActivityQuery(jobId: string, status: string, poll: PollIntervals) {
  const ended = isTerminal(status) ? '?ended=1' : '';
  return queryOptions({
    queryKey: ['job-activity', jobId, ended],
    queryFn: ({ signal }) => readAnswer<JobActivity>(routes.api.jobActivity(jobId) + ended, signal),
    refetchInterval: toJobIntervalMs(status, poll),
    placeholderData: (activity, before) => (before?.queryKey[1] === jobId ? activity : undefined),
    staleTime,
  });
}

export function jobsQuery(page: number, poll: PollIntervals) {
  return queryOptions({
    queryKey: jobKeys.list(page),
    queryFn: ({ signal }) => readAnswer<JobRowPage>(`${routes.api.jobs}?page=${page}`, signal),
    refetchInterval: poll.listMs,
    placeholderData: keepPreviousData,
    staleTime,
  });
}

/** The last lines of a pod. Its end is part of the key, so that the end itself causes one more reading. */
export function podLogsQuery(
  pod: { jobId: string; podId: string; canWrite: boolean },
  poll: Pick<PollIntervals, 'logsMs'>,
) {
  const { jobId, podId, canWrite } = pod;
  const path = `${routes.api.podLogs(jobId, podId)}${canWrite ? '' : '?ended=1'}`;
  return queryOptions({
    queryKey: ['pod-logs', jobId, podId, canWrite],
    queryFn: ({ signal }) => readAnswer<{ lines: string[] }>(path, signal),
    refetchInterval: ({ state }) =>
      toLogsIntervalMs({ canWrite, readings: state.dataUpdateCount + state.errorUpdateCount }, poll),
    placeholderData: (lines, before) => (before?.queryKey[2] === podId ? lines : undefined),
    staleTime,
  });
}

export function submissionQuery(id: string, poll: PollIntervals) {
  return queryOptions({
    queryKey: ['submission', id],
    queryFn: ({ signal }) => readAnswer<SubmissionView>(routes.api.submission(id), signal),
    refetchInterval: (query) => toSubmissionIntervalMs(query.state.data?.state ?? 'sending', poll),
    staleTime,
  });
}
