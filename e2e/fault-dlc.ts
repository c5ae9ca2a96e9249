import { randomBytes, randomUUID } from 'node:crypto';
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type FaultMode, faultModes, modeInName, type Reply, toError } from './fault-modes';

export type { FaultMode } from './fault-modes';

export type RecordedRequest = {
  action: string;
  method: string;
  /** As it came, with the query. */
  path: string;
  headers: IncomingHttpHeaders;
  /** The exact text; '' where nothing of it was read. */
  body: string;
  at: Date;
};

type Json = Record<string, unknown>;
export type FaultJob = Json & { JobId: string; Status: string; GmtCreateTime: string; Settings?: unknown };

export type FaultDlc = {
  endpoint: string;
  requests: RecordedRequest[];
  /** The jobs that exist, oldest first; a test may change them, say their Status. */
  jobs: FaultJob[];
  /** Lines of GetPodLogs by PodId. */
  logs: Map<string, string[]>;
  /** For CreateJob; `fault-<mode>` in a DisplayName goes before it. */
  mode: FaultMode;
  /** For every other operation. */
  otherMode: FaultMode;
  /** What ListJobs makes of its `Tags`; that the cloud matches them is documented but unproven. */
  tagsFilter: 'works' | 'matches-nothing' | 'ignored';
  /** How long after its creation a job first appears in listings. */
  listLagMs: number;
  /** What is wrong with listings: `shifting` loses a job between two pages, `swapping` also gains one. */
  listing: 'ok' | 'uncounted' | 'miscounted' | 'without-settings' | 'shifting' | 'swapping';
  /** How far its clock is ahead of this machine's. */
  clockOffsetMs: number;
  /** A request signed longer ago, or further in the future, is refused. */
  signatureLifeMs: number;
  /** How long `ok-slow` takes. */
  slowMs: number;
  /** Called when a request has come in, before anything is done about it. */
  onRequest: (request: RecordedRequest) => void | Promise<void>;
  /** The requests of one operation, e.g. `CreateJob`. */
  requestsOf(action: string): RecordedRequest[];
  close(): Promise<void>;
};

/** A DLC on loopback that fails as it is told. It checks no signature and keeps its jobs in memory. */
export async function startFaultDlc({ port = 0 }: { port?: number } = {}): Promise<FaultDlc> {
  const server = createServer((request, response) => {
    answer(dlc, request, response).catch((error: unknown) => {
      if (!request.socket.destroyed) response.writeHead(500).end(String(error));
    });
  });
  const dlc: FaultDlc = {
    endpoint: '',
    requests: [],
    jobs: [],
    logs: new Map(),
    mode: 'ok',
    otherMode: 'ok',
    tagsFilter: 'works',
    listLagMs: 0,
    listing: 'ok',
    clockOffsetMs: 0,
    signatureLifeMs: 15 * 60_000,
    slowMs: 500,
    onRequest: () => {},
    requestsOf: (action) => dlc.requests.filter((request) => request.action === action),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  dlc.endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return dlc;
}

async function answer(dlc: FaultDlc, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { method = '', url = '', headers } = request;
  const { pathname, searchParams } = new URL(url, dlc.endpoint);
  const [, jobId = '', rest = ''] = /^\/api\/v1\/jobs(?:\/([^/]+)(?:\/(.+))?)?$/.exec(pathname) ?? [];
  const action = toAction(method, pathname, jobId, rest);
  const recorded: RecordedRequest = { action, method, path: url, headers, body: '', at: new Date() };
  const untouched = dlc[action === 'CreateJob' ? 'mode' : 'otherMode'] === 'reset-before';
  if (!untouched) for await (const chunk of request.setEncoding('utf8')) recorded.body += chunk;
  dlc.requests.push(recorded);
  await dlc.onRequest(recorded);

  const now = Date.now() + dlc.clockOffsetMs;
  response.setHeader('date', new Date(now).toUTCString());
  const signedAt = Date.parse(String(headers['x-acs-date']));
  // Also one whose date cannot be read; a request without any is a test's own.
  const isSigned = headers['x-acs-date'] !== undefined;
  const isExpired = isSigned && !(Math.abs(now - signedAt) <= dlc.signatureLifeMs);
  const body = parseBody(recorded.body);
  const named = action === 'CreateJob' ? modeInName(body?.DisplayName) : undefined;
  const mode = named ?? (action === 'CreateJob' ? dlc.mode : dlc.otherMode);
  const requestId = randomUUID().toUpperCase();
  if (isExpired) {
    const { status, body: said } = toError(
      400,
      'InvalidTimeStamp.Expired',
      'The signature has expired.',
      requestId,
    );
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(said));
    return;
  }
  const happens = action !== 'CreateJob' || (body !== undefined && faultModes[mode].made);
  const good = happens
    ? perform(dlc, { action, jobId, rest, body: body ?? {}, query: searchParams, requestId })
    : toError(400, 'InvalidParameter', 'The body is not JSON.', requestId);
  faultModes[mode].play({ request, response, action, requestId, good, slowMs: dlc.slowMs });
}

function toAction(method: string, pathname: string, jobId: string, rest: string): string {
  if (!pathname.startsWith('/api/v1/jobs')) return 'Unknown';
  if (jobId === '') return method === 'POST' ? 'CreateJob' : 'ListJobs';
  if (rest === 'stop') return 'StopJob';
  if (/^pods\/[^/]+\/logs$/.test(rest)) return 'GetPodLogs';
  if (rest === 'events') return 'GetJobEvents';
  if (rest === 'metrics') return 'GetJobMetrics';
  if (rest !== '') return 'Unknown';
  return method === 'DELETE' ? 'DeleteJob' : 'GetJob';
}

function parseBody(text: string): Json | undefined {
  try {
    const body: unknown = JSON.parse(text);
    return typeof body === 'object' && body !== null ? (body as Json) : undefined;
  } catch {
    return undefined;
  }
}

type Call = {
  action: string;
  jobId: string;
  rest: string;
  body: Json;
  query: URLSearchParams;
  requestId: string;
};

function toApiTime(time: Date): string {
  return time.toISOString().replace(/\.\d{3}Z$/, 'Z');
}

function perform(dlc: FaultDlc, { action, jobId, rest, body, query, requestId }: Call): Reply {
  const ok = (answer: Json): Reply => ({ status: 200, body: { ...answer, RequestId: requestId } });
  if (action === 'CreateJob') {
    const created = `dlc${randomBytes(7).toString('hex')}`;
    const now = toApiTime(new Date(Date.now() + dlc.clockOffsetMs));
    const pod = { PodId: `${created}-master-0`, PodUid: randomUUID(), Type: 'master', Status: 'Running' };
    dlc.jobs.push({
      ...body,
      JobId: created,
      Status: 'Running',
      GmtCreateTime: now,
      GmtRunningTime: now,
      Pods: [pod],
    });
    return ok({ JobId: created });
  }
  if (action === 'ListJobs') return ok(list(dlc, query));
  const job = dlc.jobs.find((one) => one.JobId === jobId);
  if (!job) return toError(404, 'NotFound', `Job ${jobId} is not found.`, requestId);
  const finished = ['Succeeded', 'Failed', 'Stopped'].includes(job.Status);
  switch (action) {
    case 'GetJob':
      return ok(job);
    case 'StopJob':
      if (finished) return toError(400, 'BadRequest', `Job ${jobId} is finished already.`, requestId);
      Object.assign(job, { Status: 'Stopped', GmtFinishTime: toApiTime(new Date()) });
      return ok({ JobId: jobId });
    case 'DeleteJob':
      if (!finished) return toError(400, 'BadRequest', `Job ${jobId} is not finished yet.`, requestId);
      dlc.jobs.splice(dlc.jobs.indexOf(job), 1);
      return ok({ JobId: jobId });
    case 'GetPodLogs': {
      const podId = rest.split('/')[1] ?? '';
      const lines = dlc.logs.get(podId) ?? [`${job.GmtCreateTime} ${podId} started`];
      const shown = lines.slice(-(Number(query.get('MaxLines')) || 2000));
      return ok({ JobId: jobId, PodId: podId, Logs: shown });
    }
    case 'GetJobEvents':
      return ok({ JobId: jobId, Events: [`2021-01-28 14:07:24 Created pod: ${jobId}-master-0`] });
    case 'GetJobMetrics':
      // As Go writes an empty list.
      return ok({ JobId: jobId, PodMetrics: [{ PodId: `${jobId}-master-0`, Metrics: null }] });
    default:
      return toError(404, 'InvalidApi.NotFound', 'Specified api is not found.', requestId);
  }
}

function list(dlc: FaultDlc, query: URLSearchParams): Json {
  const now = Date.now() + dlc.clockOffsetMs;
  const from = query.get('StartTime') ?? toApiTime(new Date(now - 7 * 86_400_000));
  const to = query.get('EndTime') ?? toApiTime(new Date(now + 1_000));
  const name = query.get('DisplayName')?.toLowerCase() ?? '';
  const workspace = query.get('WorkspaceId');
  const found = dlc.jobs
    .filter((job) => job.GmtCreateTime >= from && job.GmtCreateTime <= to)
    .filter((job) => Date.parse(job.GmtCreateTime) + dlc.listLagMs <= now)
    .filter((job) => String(job.DisplayName).toLowerCase().includes(name))
    .filter((job) => workspace === null || job.WorkspaceId === workspace)
    .filter((job) => hasTags(dlc, job, query.get('Tags')));
  const ordered = query.get('Order') === 'asc' ? found : found.toReversed();
  const size = Number(query.get('PageSize') ?? 10);
  const start = (Number(query.get('PageNumber') ?? 1) - 1) * size;
  const page = ordered.slice(start, start + size);
  const [oldest] = found;
  if (oldest && start === 0 && (dlc.listing === 'shifting' || dlc.listing === 'swapping')) {
    dlc.jobs.splice(dlc.jobs.indexOf(oldest), 1);
    if (dlc.listing === 'swapping')
      dlc.jobs.push({ ...oldest, JobId: `dlc${randomBytes(7).toString('hex')}` });
  }
  const Jobs = dlc.listing === 'without-settings' ? page.map(({ Settings, ...job }) => job) : page;
  if (dlc.listing === 'uncounted') return { Jobs };
  return { Jobs, TotalCount: found.length + (dlc.listing === 'miscounted' ? 1 : 0) };
}

function hasTags(dlc: FaultDlc, job: FaultJob, wanted: string | null): boolean {
  if (wanted === null || dlc.tagsFilter === 'ignored') return true;
  if (dlc.tagsFilter === 'matches-nothing') return false;
  const tags = (job.Settings as { Tags?: Json } | undefined)?.Tags ?? {};
  return Object.entries(JSON.parse(wanted) as Json).every(([key, value]) => tags[key] === value);
}
