import 'server-only';
import { isIPv4 } from 'node:net';

/** Whether only programs of this machine reach a server that listens on, or is called by, this name. */
export function isLoopback(host: string): boolean {
  const name = host.toLowerCase().replace(/^\[(.*)\]$/, '$1');
  return name === 'localhost' || name === '::1' || (isIPv4(name) && name.startsWith('127.'));
}

/** Names that mean every address of the machine: what a container has to listen on. */
export function isWildcard(host: string): boolean {
  return ['0.0.0.0', '0', '::'].includes(host);
}

type Address = { host: string; origin: URL | undefined };

/**
 * Whether a Host header names this server. Without a configured origin only loopback names do, at any port:
 * another name would be a page elsewhere that reaches us by DNS rebinding.
 */
export function isOurHost(hostHeader: string | null, { host, origin }: Address): boolean {
  if (!hostHeader) return false;
  const given = hostHeader.toLowerCase();
  if (origin) return given === origin.host || given === `${origin.hostname}:${defaultPort(origin)}`;
  const [, name, port] = /^(.+?)(?::(\d{1,5}))?$/.exec(given) ?? [];
  if (Number(port ?? 1) < 1 || Number(port ?? 1) > 65_535) return false;
  if (name === 'localhost' || name === '127.0.0.1' || name === '[::1]') return true;
  return name === host.toLowerCase() && isLoopback(host);
}

type Named = { port: number; origin: URL | undefined; connection: { kind: 'local' | 'cloud' } };

/** For whoever came by another name: the one address there is, and what to do. */
export function describeAddress({ port, origin, connection }: Named): string {
  if (origin) return `This Jobwright answers at ${origin.origin} only.`;
  const only = `This Jobwright answers at http://localhost:${port} only`;
  return connection.kind === 'local'
    ? `${only}, since its local DLC runs commands on that machine. From another machine, open a tunnel to it (ssh -L ${port}:localhost:${port}) and use this address there.`
    : `${only}. To use another address, set JOBWRIGHT_ORIGIN to it and start Jobwright again.`;
}

/** Whether a write comes from our own page: Next itself accepts a missing Origin and believes X-Forwarded-Host. */
export function isOurOrigin(headers: Headers, origin: URL | undefined): boolean {
  const given = headers.get('origin');
  const site = headers.get('sec-fetch-site');
  if (!given || (site !== null && site !== 'same-origin')) return false;
  if (origin) return given === origin.origin;
  const host = headers.get('host');
  return given === `http://${host}` || given === `https://${host}`;
}

function defaultPort(origin: URL): string {
  return origin.port || (origin.protocol === 'https:' ? '443' : '80');
}
