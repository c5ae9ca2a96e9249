'use client';

import { type DefaultError, type QueryKey, type UseQueryOptions, useQuery } from '@tanstack/react-query';
import type { Job } from '@/lib/dlc/job';
import type { Problem } from '@/lib/problem';
import type { Result } from '@/lib/result';
import type { PollIntervals } from './poll';
import { jobQuery } from './queries';
import { ReadingFailed } from './read-answer';

export type Reading<T> = {
  /** What was last known; it stays when a later reading fails. */
  value: T | undefined;
  /** Why the latest reading failed; `offline`: Jobwright itself did not answer. */
  problem: Problem | 'offline' | undefined;
  readAt: number;
  read: () => void;
};

/** Goes on from what the server handed down (`first`), polling as `options` say, never in a hidden tab. */
export function useReading<T, K extends QueryKey>(
  options: UseQueryOptions<T, DefaultError, T, K>,
  first?: Result<T, Problem> | undefined,
): Reading<T> {
  const start = first?.ok ? { initialData: first.value } : {};
  const { data, error, isPending, dataUpdatedAt, refetch } = useQuery({ ...options, ...start });
  const firstProblem = first && !first.ok && isPending ? first.problem : undefined;
  const problem = error instanceof ReadingFailed ? error.problem : error ? 'offline' : firstProblem;
  return { value: data, problem, readAt: dataUpdatedAt, read: () => void refetch() };
}

/** What every part of a job's page is given; they share one poll. `first` is missing where the DLC was slow. */
export type JobReading = { jobId: string; first: Result<Job, Problem> | undefined; poll: PollIntervals };

export function useJob({ jobId, first, poll }: JobReading): Reading<Job> {
  return useReading(jobQuery(jobId, poll), first);
}
