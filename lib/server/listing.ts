import 'server-only';
import type { ListJobsQuery } from '@/lib/dlc/list-jobs';
import { readMark } from '@/lib/dlc/mark';
import type { Problem } from '@/lib/problem';
import type { CallOptions, Dlc } from './dlc';

export type Window = { from: Date; to: Date; workspaceId: string };

export type ListedJob = {
  jobId: string;
  mark: string | undefined;
  displayName: string;
  jobType: string;
  status: string;
  /** By the DLC's clock; '' where it told none. */
  createdAt: string;
};

export type Listing = {
  jobs: ListedJob[];
  pages: number;
  /** All jobs of the window are there: every page came, counts agree, and two passes saw the same. */
  isComplete: boolean;
  /** When the first page was surely not yet asked for, by our clock and by the DLC's where it has one. */
  beganAt: Date;
  beganAtDlc: Date | undefined;
  problem?: Problem;
};

type Ask = (query: ListJobsQuery) => ReturnType<Dlc['countJobs']>;
type Pass = { jobs: Map<string, ListedJob>; pages: number; isWhole: boolean; problem?: Problem };

const pageSize = 100;
// The API counts pages up to here (dlc-api.md §2.3).
const maxPages = 1_000;
// A Date header is cut to whole seconds.
const dateGrainMs = 1_000;

/**
 * All jobs created in a window, whatever their tags: the Tags filter is documented, not proven, and absence must not
 * depend on it. What a listing that fails midway has shown is given all the same; it proves presence, never absence.
 */
export async function listWindow(
  dlc: Pick<Dlc, 'countJobs'>,
  window: Window,
  clock: () => Date,
  options: CallOptions = {},
): Promise<Listing> {
  const beganAt = clock();
  let beganAtDlc: Date | undefined;
  const sawDate = (date: Date | undefined, tookMs: number): void => {
    beganAtDlc ??= date && new Date(date.getTime() - tookMs - dateGrainMs);
  };
  const ask: Ask = (query) => dlc.countJobs(query, options);
  const first = await pass(ask, window, beganAt, sawDate);
  const passes = [first];
  // A job deleted meanwhile shifts the pages behind it: with more than one page, only what repeats is believed.
  if (first.isWhole && first.pages > 1) passes.push(await pass(ask, window, beganAt, () => {}));
  const last = passes.at(-1) ?? first;
  const isComplete = passes.every(
    ({ isWhole, jobs }) =>
      isWhole && jobs.size === first.jobs.size && [...jobs.keys()].every(isIn(first.jobs)),
  );
  const jobs = [...new Map(passes.flatMap((one) => [...one.jobs])).values()];
  return {
    jobs,
    pages: passes.reduce((sum, { pages }) => sum + pages, 0),
    isComplete,
    beganAt,
    beganAtDlc,
    ...(last.problem ? { problem: last.problem } : {}),
  };
}

function isIn(jobs: Map<string, unknown>): (jobId: string) => boolean {
  return (jobId) => jobs.has(jobId);
}

async function pass(
  ask: Ask,
  { from, to, workspaceId }: Window,
  now: Date,
  sawDate: (date: Date | undefined, tookMs: number) => void,
): Promise<Pass> {
  const jobs = new Map<string, ListedJob>();
  const counts = new Set<number>();
  for (let page = 1; page <= maxPages; page += 1) {
    const askedAt = performance.now();
    const answer = await ask({
      PageNumber: page,
      PageSize: pageSize,
      ShowOwn: false,
      SortBy: 'GmtCreateTime',
      Order: 'asc',
      StartTime: toApiTime(from),
      // Left out, it is the DLC's own now; ours might be behind it.
      ...(to < now ? { EndTime: toApiTime(to) } : {}),
      ...(workspaceId ? { WorkspaceId: workspaceId } : {}),
    });
    if (!answer.ok) return { jobs, pages: page, isWhole: false, problem: answer.problem };
    sawDate(answer.value.answeredAt, performance.now() - askedAt);
    counts.add(answer.value.TotalCount);
    for (const job of answer.value.Jobs)
      jobs.set(job.JobId, {
        jobId: job.JobId,
        mark: readMark(job),
        displayName: job.DisplayName,
        jobType: job.JobType,
        status: job.Status,
        createdAt: job.GmtCreateTime,
      });
    const isLast = answer.value.Jobs.length === 0 || page * pageSize >= answer.value.TotalCount;
    if (isLast)
      return { jobs, pages: page, isWhole: counts.size === 1 && jobs.size === answer.value.TotalCount };
  }
  return { jobs, pages: maxPages, isWhole: false };
}

function toApiTime(time: Date): string {
  return time.toISOString().replace(/\.\d{3}Z$/, 'Z');
}
