import 'server-only';
import type { Server } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';

type State = { pending: Set<Promise<unknown>>; draining: boolean; servers: Set<Server> };

const key = Symbol.for('jobwright.drain');

// Shared by Next's bundles and lib/start.mjs: actions are tracked in one, the signal arrives in another.
const shared = globalThis as { [key]?: State };

function state(): State {
  shared[key] ??= { pending: new Set(), draining: false, servers: new Set() };
  return shared[key];
}

export function isDraining(): boolean {
  return state().draining;
}

/** Work that a stop waits for. */
export function track<T>(work: Promise<T>): Promise<T> {
  const { pending } = state();
  const done: Promise<void> = work.then(
    () => {},
    () => {},
  );
  pending.add(done);
  done.then(() => pending.delete(done));
  return work;
}

/** A server that a stop closes. What reaches it after that is answered and its connection closed. */
export function serveUntilStop(server: Server): void {
  state().servers.add(server);
  server.prependListener('request', (_request, response) => {
    if (isDraining()) response.setHeader('connection', 'close');
  });
}

/** From now on writes are refused, and so are connections: a proxy then knows that nothing was sent. */
export function beginDrain(): void {
  state().draining = true;
  for (const server of state().servers) server.close();
}

/** Resolves when no tracked work is left. */
export async function drained(): Promise<void> {
  const { pending } = state();
  while (pending.size > 0) await Promise.all(pending);
}

/** Gives answers this long to leave, then cuts what is left: a kept-alive connection must not hold the exit. */
export async function closeConnections(maxMs: number): Promise<void> {
  const servers = [...state().servers];
  const until = performance.now() + maxMs;
  while (performance.now() < until && (await Promise.all(servers.map(hasConnections))).includes(true)) {
    for (const server of servers) server.closeIdleConnections();
    await pause(20);
  }
  for (const server of servers) server.closeAllConnections();
}

function hasConnections(server: Server): Promise<boolean> {
  return new Promise((resolve) => server.getConnections((_error, count) => resolve(count > 0)));
}
