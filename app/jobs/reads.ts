import 'server-only';
import { setTimeout as pause } from 'node:timers/promises';
import type { Job } from '@/lib/dlc/job';
import { maskSecrets } from '@/lib/dlc/secrets';
import type { Problem } from '@/lib/problem';
import { type JobActivity, type PodUsage, toTimeStep } from '@/lib/query/job-activity';
import type { JobRowPage } from '@/lib/query/job-row';
import { pageSize } from '@/lib/query/page';
import { fail, ok, type Result } from '@/lib/result';
import { type Services, services } from '@/lib/server/services';

// ListJobs hides what is older than seven days unless told from when on; the service itself is younger than this.
const beginning = '2019-01-01T00:00:00Z';

/** An answer stands for a little less than an interval: each poll of a lone watcher asks anew, a second watcher does not. */
const share = 0.9;

/** An answer, or undefined where it does not come soon: the page is then shown without it, and the browser asks. */
export function soon<T>(answer: Promise<T>, waitMs = 3000): Promise<T | undefined> {
  return Promise.race([answer, pause(waitMs, undefined, { ref: false })]);
}

/** The start of every key under which answers about jobs are shared. */
export function toSharedKey({ connection }: Pick<Services, 'connection'>, ...rest: string[]): string[] {
  return [connection.endpoint, connection.credentials.accessKeyId, ...rest];
}

export async function readJob(jobId: string): Promise<Result<Job, Problem>> {
  const given = await services();
  return given.coalesce(toSharedKey(given, 'GetJob', jobId), given.env.poll.activeMs * share, async () => {
    const answer = await given.dlc.getJob(jobId);
    return answer.ok ? ok(maskSecrets(answer.value)) : answer;
  });
}

/** Newest first; also the jobs of others, as far as the account may see them. Only what the table shows leaves. */
export async function readJobs(page: number): Promise<Result<JobRowPage, Problem>> {
  const given = await services();
  const key = toSharedKey(given, 'ListJobs', String(page));
  return given.coalesce(key, given.env.poll.listMs * share, async () => {
    const answer = await given.dlc.listJobs({
      PageNumber: page,
      PageSize: pageSize,
      ShowOwn: false,
      SortBy: 'GmtCreateTime',
      Order: 'desc',
      StartTime: beginning,
    });
    if (!answer.ok) return answer;
    const rows = answer.value.Jobs.map((job) => ({
      JobId: job.JobId,
      DisplayName: job.DisplayName,
      JobType: job.JobType,
      Status: job.Status,
      UserId: job.UserId,
      Username: job.Username,
      GmtCreateTime: job.GmtCreateTime,
      GmtRunningTime: job.GmtRunningTime,
      GmtFinishTime: job.GmtFinishTime,
    }));
    return ok({ Jobs: rows, TotalCount: answer.value.TotalCount });
  });
}

/** The last lines of a pod. `hasEnded` asks apart from those who asked while it still wrote. */
export async function readPodLogs(
  jobId: string,
  podId: string,
  hasEnded: boolean,
): Promise<Result<{ lines: string[] }, Problem>> {
  const given = await services();
  const key = toSharedKey(given, 'GetPodLogs', jobId, podId, String(hasEnded));
  return given.coalesce(key, given.env.poll.logsMs * share, async () => {
    const job = await readJob(jobId);
    if (!job.ok) return job;
    const since = job.value.GmtCreateTime;
    // Without a StartTime the API gives the output of the last seven days.
    const query = { MaxLines: 2000, ...(since ? { StartTime: since } : {}) };
    const answer = await given.dlc.getPodLogs(jobId, podId, query);
    return answer.ok ? ok({ lines: answer.value.Logs }) : fail(answer.problem);
  });
}

/**
 * What happened to a job and, on the local DLC, what its pods use: of the cloud's numbers the units are not documented.
 * `hasEnded` asks apart from those who asked while it still ran.
 */
export async function readJobActivity(
  jobId: string,
  hasEnded: boolean,
): Promise<Result<JobActivity, Problem>> {
  const given = await services();
  const key = toSharedKey(given, 'GetJobEvents', jobId, String(hasEnded));
  return given.coalesce(key, given.env.poll.activeMs * share, async () => {
    const job = await readJob(jobId);
    if (!job.ok) return job;
    const since = job.value.GmtCreateTime;
    const window = since ? { StartTime: since } : {};
    const isLocal = given.connection.kind === 'local';
    const [events, usage] = await Promise.all([
      given.dlc.getJobEvents(jobId, { MaxEventsNum: 500, ...window }),
      isLocal ? readUsage(given, job.value) : undefined,
    ]);
    return events.ok ? ok({ events: events.value.Events, isUtc: isLocal, ...(usage && { usage }) }) : events;
  });
}

async function readUsage({ dlc }: Services, job: Job): Promise<PodUsage[]> {
  const since = job.GmtRunningTime;
  if (!since) return [];
  const end = job.GmtFinishTime;
  const spanMs = (end ? Date.parse(end) : Date.now()) - Date.parse(since);
  const query = { StartTime: since, TimeStep: toTimeStep(spanMs), ...(end ? { EndTime: end } : {}) };
  const [cores, bytes] = await Promise.all([
    dlc.getJobMetrics(job.JobId, { ...query, MetricType: 'CpuCoreUsage' }),
    dlc.getJobMetrics(job.JobId, { ...query, MetricType: 'MemoryUsage' }),
  ]);
  if (!cores.ok || !bytes.ok) return [];
  return cores.value.map(({ PodId, Metrics }) => ({
    podId: PodId,
    cores: Metrics.map(({ Value }) => Value),
    bytes: bytes.value.find((pod) => pod.PodId === PodId)?.Metrics.map(({ Value }) => Value) ?? [],
  }));
}
