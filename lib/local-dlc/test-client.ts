import { createHash, createHmac, randomUUID } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import type { LocalDlc } from './start';

/** For tests only: signs by a reading of dlc-api.md §5.2 of its own. */
export type SignedRequest = {
  method: string;
  path: string;
  query: string;
  headers: Record<string, string>;
  body: string;
};

export type Draft = {
  method?: string;
  path?: string;
  query?: Record<string, string>;
  action: string;
  body?: string;
  date?: string;
  nonce?: string;
  version?: string;
  unsigned?: string[];
};

type Key = { accessKeyId: string; accessKeySecret: string };

/** What a client has to know of a server, be it of this process or of another. */
export type Server = Pick<LocalDlc, 'endpoint' | 'accessKeyId' | 'accessKeySecret'>;

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

function percentEncode(text: string): string {
  return [...Buffer.from(text)]
    .map((byte) => {
      const char = String.fromCharCode(byte);
      return /[A-Za-z0-9._~-]/.test(char) ? char : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
    })
    .join('');
}

export function signRequest(key: Key, host: string, draft: Draft): SignedRequest {
  const { method = 'GET', path = '/api/v1/jobs', body = '' } = draft;
  const query = Object.entries(draft.query ?? {})
    .map(([name, value]) => `${percentEncode(name)}=${percentEncode(value)}`)
    .sort()
    .join('&');
  const headers: Record<string, string> = {
    host,
    'x-acs-action': draft.action,
    'x-acs-version': draft.version ?? '2020-12-03',
    'x-acs-date': draft.date ?? `${new Date().toISOString().slice(0, 19)}Z`,
    'x-acs-signature-nonce': draft.nonce ?? randomUUID(),
    'x-acs-content-sha256': sha256(body),
    ...(body === '' ? {} : { 'content-type': 'application/json; charset=utf-8' }),
  };
  const names = Object.keys(headers)
    .filter((name) => !draft.unsigned?.includes(name))
    .sort();
  const lines = names.map((name) => `${name}:${headers[name]}\n`).join('');
  const canonical = [method, path, query, lines, names.join(';'), sha256(body)].join('\n');
  const signature = createHmac('sha256', key.accessKeySecret)
    .update(`ACS3-HMAC-SHA256\n${sha256(canonical)}`)
    .digest('hex');
  headers.authorization = `ACS3-HMAC-SHA256 Credential=${key.accessKeyId},SignedHeaders=${names.join(';')},Signature=${signature}`;
  return { method, path, query, headers, body };
}

export type Reply = { status: number; headers: Record<string, unknown>; body: Record<string, unknown> };

export function send(port: number, request: SignedRequest): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const { method, headers, path, query } = request;
    const outgoing = httpRequest(
      {
        host: '127.0.0.1',
        port,
        method,
        headers,
        path: query === '' ? path : `${path}?${query}`,
        agent: false,
      },
      (incoming) => {
        let text = '';
        incoming.setEncoding('utf8');
        incoming.on('data', (part: string) => {
          text += part;
        });
        incoming.on('error', reject);
        incoming.on('end', () =>
          resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, body: JSON.parse(text) }),
        );
      },
    );
    outgoing.on('error', reject);
    outgoing.end(request.body);
  });
}

const dataDirs: string[] = [];

/** A folder for the tests of one file, removed behind them. */
export function newDataDir(parent = tmpdir()): string {
  const dataDir = mkdtempSync(join(parent, 'local-dlc-'));
  dataDirs.push(dataDir);
  return dataDir;
}

/** Pods outlive their server, and those of a test that failed would wait for ever. */
function endPods(dataDir: string): void {
  const jobs = join(dataDir, 'jobs');
  if (!existsSync(jobs)) return;
  for (const jobId of readdirSync(jobs))
    for (const podId of readdirSync(join(jobs, jobId, 'pods'))) {
      const pod = join(jobs, jobId, 'pods', podId);
      if (!existsSync(join(pod, 'claim')) || existsSync(join(pod, 'exit'))) continue;
      const [pid = '0'] = readFileSync(join(pod, 'claim'), 'utf8').split('\n');
      try {
        if (Number(pid) > 1) process.kill(-Number(pid), 'SIGKILL');
      } catch {
        // It has ended by itself.
      }
    }
}

// Hooks run in reverse order: the servers, which are closed by later ones, are gone by then.
afterAll(() => {
  for (const dataDir of dataDirs.splice(0)) {
    endPods(dataDir);
    rmSync(dataDir, { recursive: true, force: true });
  }
  // A disk that others keep busy takes its time.
}, 60_000);

export function portOf(dlc: Server): number {
  return Number(new URL(dlc.endpoint).port);
}

export function call(dlc: Server, draft: Draft): Promise<Reply> {
  return send(portOf(dlc), signRequest(dlc, new URL(dlc.endpoint).host, draft));
}

export function jobBody(changes: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    DisplayName: 'test',
    JobType: 'PyTorchJob',
    JobSpecs: [{ Type: 'Worker', Image: 'img', PodCount: 1, EcsSpec: 'ecs.g6.large' }],
    UserCommand: 'true',
    ...changes,
  };
}

export function create(dlc: Server, changes: Record<string, unknown> = {}): Promise<Reply> {
  return call(dlc, { method: 'POST', action: 'CreateJob', body: JSON.stringify(jobBody(changes)) });
}

export async function createId(dlc: Server, changes: Record<string, unknown> = {}): Promise<string> {
  const reply = await create(dlc, changes);
  if (typeof reply.body.JobId !== 'string') throw new Error(`not created: ${JSON.stringify(reply.body)}`);
  return reply.body.JobId;
}

export async function read(dlc: Server, jobId: string): Promise<Record<string, unknown>> {
  return (await call(dlc, { action: 'GetJob', path: `/api/v1/jobs/${jobId}` })).body;
}

export async function statusOf(dlc: Server, jobId: string): Promise<unknown> {
  return (await read(dlc, jobId)).Status;
}

export function list(dlc: Server, query: Record<string, string> = {}): Promise<Reply> {
  return call(dlc, { action: 'ListJobs', query });
}

export function stop(dlc: Server, jobId: string): Promise<Reply> {
  return call(dlc, { method: 'POST', action: 'StopJob', path: `/api/v1/jobs/${jobId}/stop` });
}

export function update(dlc: Server, jobId: string, changes: Record<string, unknown>): Promise<Reply> {
  const path = `/api/v1/jobs/${jobId}`;
  return call(dlc, { method: 'PUT', action: 'UpdateJob', path, body: JSON.stringify(changes) });
}

export function remove(dlc: Server, jobId: string): Promise<Reply> {
  return call(dlc, { method: 'DELETE', action: 'DeleteJob', path: `/api/v1/jobs/${jobId}` });
}

export async function logsOf(dlc: Server, jobId: string, pod = 'master-0'): Promise<unknown> {
  const path = `/api/v1/jobs/${jobId}/pods/${jobId}-${pod}/logs`;
  return (await call(dlc, { action: 'GetPodLogs', path })).body.Logs;
}
