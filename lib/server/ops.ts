import 'server-only';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { isDraining } from './drain';
import { log } from './log';
import { metrics } from './metrics';
import { newDlcCheck, newStoreCheck } from './readiness';
import type { Services } from './services';

type Answer = { status: number; type: string; body: string };
type Handler = (request: IncomingMessage, response: ServerResponse) => boolean;

const key = Symbol.for('jobwright.ops');

// lib/start.mjs, which asks for it, has modules of its own.
const shared = globalThis as { [key]?: Handler };

const scrapeMs = 2_000;
const json = 'application/json; charset=utf-8';

/** Answers /healthz, /readyz and /metrics where they are public; false for everything else, and where they are not. */
export function answerOps(request: IncomingMessage, response: ServerResponse): boolean {
  return shared[key]?.(request, response) ?? false;
}

/** From now on `answerOps` answers. */
export function publishOps(services: OpsServices): void {
  shared[key] = newOps(services);
}

/** A server of their own for the three addresses. Rejects where it cannot listen. */
export async function listenForOps(
  services: OpsServices,
  { port, host }: { port: number; host: string },
): Promise<Server> {
  const answer = newOps(services);
  const server = createServer((request, response) => {
    if (answer(request, response)) return;
    response.writeHead(404, { 'content-type': 'text/plain; charset=utf-8' }).end('Not found\n');
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(port, host, resolve);
  });
  return server;
}

export type OpsServices = Pick<Services, 'dlc' | 'store'>;

/** They say nothing of jobs, ask for no token and answer under any Host, since probes come by an IP address. */
export function newOps({ dlc, store }: OpsServices): Handler {
  const checkStore = newStoreCheck(store);
  const checkDlc = newDlcCheck(dlc);

  async function ready(): Promise<Answer> {
    if (isDraining()) return toReady({ store: undefined, dlc: undefined }, ['Jobwright is stopping.']);
    const [storeResult, dlcResult] = await Promise.all([checkStore(), checkDlc()]);
    const reasons = [
      ...(storeResult.ok ? [] : [`store: ${storeResult.problem}`]),
      ...(dlcResult.ok ? [] : [`dlc: ${dlcResult.problem}`]),
    ];
    return toReady({ store: storeResult.ok, dlc: dlcResult.ok }, reasons);
  }

  async function scrape(): Promise<Answer> {
    const found = store.findUnconfirmed().catch(() => undefined);
    const unconfirmed = await Promise.race([found, pause(scrapeMs, undefined, { ref: false })]);
    return { status: 200, type: metrics().contentType, body: await metrics().print(unconfirmed) };
  }

  const paths: Partial<Record<string, () => Answer | Promise<Answer>>> = {
    '/healthz': () => ({ status: 200, type: json, body: '{"alive":true}\n' }),
    '/readyz': ready,
    '/metrics': scrape,
  };

  return (request, response) => {
    const path = (request.url ?? '').split('?')[0] ?? '';
    const run = Object.hasOwn(paths, path) ? paths[path] : undefined;
    if (!run) return false;
    answer(request, response, run).catch((error: unknown) => {
      log().error('A probe failed.', { path, error });
      response.destroy();
    });
    return true;
  };
}

async function answer(
  { method }: IncomingMessage,
  response: ServerResponse,
  run: () => Answer | Promise<Answer>,
): Promise<void> {
  response.setHeader('cache-control', 'no-store').setHeader('x-content-type-options', 'nosniff');
  if (method !== 'GET' && method !== 'HEAD') {
    response.writeHead(405, { allow: 'GET, HEAD', connection: 'close' }).end();
    return;
  }
  const { status, type, body } = await run();
  response.writeHead(status, { 'content-type': type, 'content-length': Buffer.byteLength(body) });
  response.end(method === 'HEAD' ? undefined : body);
}

function toReady(parts: { store: boolean | undefined; dlc: boolean | undefined }, reasons: string[]): Answer {
  const say = (fine: boolean | undefined) => (fine === undefined ? 'not checked' : fine ? 'ok' : 'failed');
  const body = { store: say(parts.store), dlc: say(parts.dlc), reasons };
  return { status: reasons.length === 0 ? 200 : 503, type: json, body: `${JSON.stringify(body)}\n` };
}
