import 'server-only';
import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import { type Job, type JobPage, jobPageSchema, jobSchema } from '@/lib/dlc/job';
import type { ListJobsQuery } from '@/lib/dlc/list-jobs';
import type { Problem } from '@/lib/problem';
import { fail, ok, type Result } from '@/lib/result';
import { parseId } from '@/lib/routes';
import { toAnswer, toAnsweredAt } from './dlc-answer';
import { isLoopback } from './hosts';
import { send } from './send';
import { type Credentials, sign, toQueryString } from './sign';

/** Where jobs go and as whom. `deadlineMs` bounds one whole exchange, `signatureLifeMs` is how long a signature is good. */
export type Connection = {
  kind: 'local' | 'cloud';
  endpoint: string;
  region?: string;
  /** How the pods of the local DLC see the file system of this machine. */
  isolation?: 'bubblewrap' | 'none';
  credentials: Credentials;
  deadlineMs?: number;
  signatureLifeMs?: number;
};

export type CallOptions = {
  /** The submission it is made for, in what is observed of it. */
  submission?: string;
};

export type CreateJobOptions = CallOptions & {
  signal?: AbortSignal | undefined;
  /** Now by default. The ledger gives the time it wrote down, from which recovery counts. */
  signedAt?: Date | undefined;
  /** Texts that no Problem may repeat, besides the credentials. */
  secrets?: string[];
};

/** StartTime and EndTime are UTC `yyyy-MM-ddTHH:mm:ssZ`. */
export type PodLogsQuery = { MaxLines?: number; StartTime?: string; EndTime?: string; PodUid?: string };

type JobAnswer = { JobId: string; RequestId: string };
/** `answeredAt` is by the DLC's clock; undefined where it gave none. */
export type CountedPage = JobPage & { answeredAt: Date | undefined };
export type JobEvents = { Events: string[]; RequestId: string };
export type PodMetrics = { PodId: string; Metrics: { Time: number; Value: number }[] }[];

/** TimeStep is a duration such as `5m`. */
export type JobMetricsQuery = {
  MetricType: 'CpuCoreUsage' | 'MemoryUsage';
  TimeStep: string;
  StartTime?: string;
  EndTime?: string;
};

export type PodLogs = { Logs: string[]; RequestId: string };

/** The operations of the API, one HTTP attempt each. What the API or the network do wrong is a Problem. */
export type Dlc = {
  /** Sends the text byte for byte. Only the ledger may call this: it makes a job each time. */
  createJob(bodyText: string, options?: CreateJobOptions): Promise<Result<JobAnswer, Problem>>;
  getJob(jobId: string, options?: CallOptions): Promise<Result<Job, Problem>>;
  listJobs(query: ListJobsQuery): Promise<Result<JobPage, Problem>>;
  /** As listJobs, for drawing conclusions: an answer that does not count its jobs is none. */
  countJobs(query: ListJobsQuery, options?: CallOptions): Promise<Result<CountedPage, Problem>>;
  stopJob(jobId: string): Promise<Result<JobAnswer, Problem>>;
  deleteJob(jobId: string): Promise<Result<JobAnswer, Problem>>;
  getPodLogs(jobId: string, podId: string, query?: PodLogsQuery): Promise<Result<PodLogs, Problem>>;
  /** The newest events where there are more. */
  getJobEvents(
    jobId: string,
    query: { MaxEventsNum: number; StartTime?: string },
  ): Promise<Result<JobEvents, Problem>>;
  getJobMetrics(jobId: string, query: JobMetricsQuery): Promise<Result<PodMetrics, Problem>>;
};

type Call = {
  action: string;
  method: 'GET' | 'POST' | 'DELETE';
  path: string;
  query?: Record<string, unknown>;
  body?: string;
  jobId?: string;
} & CreateJobOptions;

/** What became of one call, without anything that was in it. */
export type DlcCall = {
  operation: string;
  submission?: string;
  jobId?: string;
  outcome: 'ok' | Problem['kind'];
  /** Of the HTTP answer; undefined where there was none. */
  status?: number;
  code?: string;
  reason?: string;
  requestId?: string;
  durationMs: number;
};

/** An exchange need not be waited for any longer than its signature could be taken. */
export function toDeadlineMs({ deadlineMs, signatureLifeMs = 30_000 }: Connection): number {
  return deadlineMs ?? Math.min(30_000, signatureLifeMs);
}

const requestId = z.string().catch('');
const createdSchema = z.object({ JobId: z.string().refine(parseId), RequestId: requestId });
const changedSchema = z.object({ JobId: z.string().optional().catch(undefined), RequestId: requestId });
// Go writes an empty list as null: a pod without a line yet, a page without a job.
const pageSchema = z.preprocess((page) => (isEmptyPage(page) ? { ...page, Jobs: [] } : page), jobPageSchema);
const countedSchema = z.preprocess(
  (page) => (isEmptyPage(page) ? { ...page, Jobs: [] } : page),
  jobPageSchema.extend({ TotalCount: z.number() }),
);
const logsSchema = z.object({ Logs: z.array(z.string()).nullish(), RequestId: requestId });

const eventsSchema = z.object({ Events: z.array(z.string()).nullish(), RequestId: requestId });
const pointSchema = z.object({ Time: z.number(), Value: z.number() });
const metricsSchema = z.object({
  PodMetrics: z.array(z.object({ PodId: z.string(), Metrics: z.array(pointSchema).nullish() })).nullish(),
});

/** `observe` is told of every call when it has ended. */
export function newDlc(connection: Connection, observe: (call: DlcCall) => void = () => {}): Dlc {
  const endpoint = new URL(connection.endpoint);
  if (endpoint.protocol !== 'https:' && !isLoopback(endpoint.hostname))
    throw new Error(`The endpoint ${endpoint.origin} must be https: the requests carry secrets.`);

  async function call<T>(schema: z.ZodType<T>, request: Call): Promise<Result<T, Problem>> {
    const answer = await callDated(schema, request);
    return answer.ok ? ok(answer.value.value) : answer;
  }

  async function callDated<T>(
    schema: z.ZodType<T>,
    request: Call,
  ): Promise<Result<{ value: T; answeredAt: Date | undefined }, Problem>> {
    const { action, method, path, body = '', signal, signedAt = new Date(), secrets = [] } = request;
    const { credentials } = connection;
    const deadlineMs = toDeadlineMs(connection);
    const begunAt = performance.now();
    const query = toWire(request.query ?? {});
    const headers = {
      accept: 'application/json',
      'user-agent': 'Jobwright',
      ...(body === '' ? {} : { 'content-type': 'application/json; charset=utf-8' }),
    };
    const signed = sign(
      { method, path, query, headers, body, action, host: endpoint.host },
      credentials,
      signedAt,
      randomUUID(),
    );
    const search = toQueryString(query);
    const target = search === '' ? path : `${path}?${search}`;
    const exchange = await send({
      endpoint,
      method,
      target,
      headers: signed,
      body,
      signedAt,
      deadlineMs,
      signal,
    });
    const known = [
      credentials.accessKeySecret,
      credentials.securityToken,
      signed.Authorization?.split('Signature=')[1],
      ...secrets,
    ];
    const answer = toAnswer(exchange, { action, isWrite: method !== 'GET', secrets: known });
    const result = answer.ok ? parse(schema, answer.value, action) : answer;
    observe({
      operation: action,
      ...(request.submission === undefined ? {} : { submission: request.submission }),
      ...(request.jobId === undefined ? {} : { jobId: request.jobId }),
      ...(exchange.kind === 'answer' ? { status: exchange.status } : {}),
      ...describeResult(answer, result),
      durationMs: Math.round(performance.now() - begunAt),
    });
    return result.ok ? ok({ value: result.value, answeredAt: toAnsweredAt(exchange) }) : result;
  }

  async function change(request: Call, jobId: string): Promise<Result<JobAnswer, Problem>> {
    const result = await call(changedSchema, request);
    return result.ok ? ok({ JobId: result.value.JobId ?? jobId, RequestId: result.value.RequestId }) : result;
  }

  return {
    createJob: (body, options) =>
      call(createdSchema, { action: 'CreateJob', method: 'POST', path: '/api/v1/jobs', body, ...options }),
    getJob: async (jobId, options) =>
      call(jobSchema, { action: 'GetJob', method: 'GET', path: toPath(jobId), jobId, ...options }),
    listJobs: (query) => call(pageSchema, { action: 'ListJobs', method: 'GET', path: '/api/v1/jobs', query }),
    async countJobs(query, options) {
      const request: Call = { action: 'ListJobs', method: 'GET', path: '/api/v1/jobs', query, ...options };
      const result = await callDated(countedSchema, request);
      return result.ok ? ok({ ...result.value.value, answeredAt: result.value.answeredAt }) : result;
    },
    stopJob: async (jobId) =>
      change({ action: 'StopJob', method: 'POST', path: `${toPath(jobId)}/stop`, jobId }, jobId),
    deleteJob: async (jobId) =>
      change({ action: 'DeleteJob', method: 'DELETE', path: toPath(jobId), jobId }, jobId),
    async getPodLogs(jobId, podId, query = {}) {
      const path = `${toPath(jobId)}/pods/${checkId(podId)}/logs`;
      const result = await call(logsSchema, { action: 'GetPodLogs', method: 'GET', path, query, jobId });
      return result.ok ? ok({ Logs: result.value.Logs ?? [], RequestId: result.value.RequestId }) : result;
    },
    async getJobEvents(jobId, query) {
      const path = `${toPath(jobId)}/events`;
      const result = await call(eventsSchema, { action: 'GetJobEvents', method: 'GET', path, query, jobId });
      return result.ok
        ? ok({ Events: result.value.Events ?? [], RequestId: result.value.RequestId })
        : result;
    },
    async getJobMetrics(jobId, query) {
      const path = `${toPath(jobId)}/metrics`;
      const result = await call(metricsSchema, {
        action: 'GetJobMetrics',
        method: 'GET',
        path,
        query,
        jobId,
      });
      if (!result.ok) return result;
      const pods = result.value.PodMetrics ?? [];
      return ok(pods.map(({ PodId, Metrics }) => ({ PodId, Metrics: Metrics ?? [] })));
    },
  };
}

function parse<T>(schema: z.ZodType<T>, answer: unknown, action: string): Result<T, Problem> {
  const parsed = schema.safeParse(answer);
  if (parsed.success) return ok(parsed.data);
  return fail({ kind: 'unconfirmed', reason: action === 'CreateJob' ? 'no-job-id' : 'not-json' });
}

function describeResult(
  answer: Result<Record<string, unknown>, Problem>,
  result: Result<unknown, Problem>,
): Pick<DlcCall, 'outcome' | 'code' | 'reason' | 'requestId'> {
  const said = requestId.parse(answer.ok ? answer.value.RequestId : undefined);
  if (result.ok) return { outcome: 'ok', requestId: said };
  const { problem } = result;
  const api = 'api' in problem ? problem.api : undefined;
  return {
    outcome: problem.kind,
    ...('reason' in problem ? { reason: problem.reason } : {}),
    ...(api ? { code: api.code, requestId: api.requestId } : { requestId: said }),
  };
}

function isEmptyPage(page: unknown): page is object {
  return z.object({ TotalCount: z.literal(0), Jobs: z.null().optional() }).safeParse(page).success;
}

function checkId(id: string): string {
  if (parseId(id) === undefined) throw new Error(`Not an id that may stand in a path: ${JSON.stringify(id)}`);
  return id;
}

function toPath(jobId: string): string {
  return `/api/v1/jobs/${checkId(jobId)}`;
}

/** Maps travel as JSON text, everything else as it prints; what is undefined is left out. */
function toWire(query: Record<string, unknown>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(query)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => [name, typeof value === 'object' ? JSON.stringify(value) : String(value)]),
  );
}
