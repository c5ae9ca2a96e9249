import 'server-only';
import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
// By which cookies() of the sign-in action writes too; next/server itself works only inside Next.
import { stringifyCookie } from 'next/dist/compiled/@edge-runtime/cookies';
import { routes } from '@/lib/routes';
import type { Env } from './env';
import { describeAddress, isOurHost } from './hosts';
import { nonceHeader, pathHeader } from './request-headers';
import { contentSecurityPolicy, isAsset, toSecurityHeaders } from './response-headers';
import {
  checkToken,
  isSignedIn,
  sessionCookieName,
  sessionCookieOptions,
  sessionCookieValue,
} from './session';

const maxBodyBytes = 256 * 1024;
const base = 'http://jobwright.invalid';

/** Answers, and is true, or hands the request on to Next with what Next and the pages read from its headers. */
export type Front = (request: IncomingMessage, response: ServerResponse) => Promise<boolean>;

/**
 * What every request meets first: the security headers, which Next's own errors then bear too; the Host check; the
 * sign-in by a link; a content security policy with a nonce of its own. `styles` are the hashes of the build's style
 * sheets.
 */
export function newFront(
  env: Env,
  { isDev = false, styles = [] }: { isDev?: boolean; styles?: readonly string[] } = {},
): Front {
  const https = env.origin?.protocol === 'https:';
  return async (request, response) => {
    const [path = '', query] = (request.url ?? '').split(/\?(.*)/s, 2);
    for (const [name, value] of toSecurityHeaders({ pathname: path, https })) response.setHeader(name, value);
    // For what is answered here; Next's answers get the policy with a nonce in its place.
    response.setHeader('content-security-policy', "default-src 'none'; frame-ancestors 'none'");

    const refusal = refuse(request, path, env);
    if (refusal) {
      const { status, text, ...more } = refusal;
      response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8', ...more });
      response.end(`${text}\n`);
      return true;
    }
    if (path.length > 1 && path.endsWith('/')) {
      redirect(response, 308, path.slice(0, -1) + (query === undefined ? '' : `?${query}`));
      return true;
    }
    const url = new URL(request.url ?? '', base);
    const token = url.searchParams.get('token');
    if (token !== null && request.method === 'GET' && env.token !== undefined) {
      await signInBy(token, url, request, response, env);
      return true;
    }
    // Next's own parameter, for what it fetches of a page.
    url.searchParams.delete('_rsc');
    Object.assign(request.headers, {
      // Next compares Origin with it where there is one, so a foreign page's helper could supply both.
      'x-forwarded-host': request.headers.host,
      [pathHeader]: `${url.pathname}${url.search}`,
    });
    if (request.headers['next-action'] === undefined) allowPage(request, response, { isDev, styles });
    else forbidPage(request);
    return false;
  };
}

type PolicyOptions = { isDev: boolean; styles: readonly string[] };

function allowPage({ headers }: IncomingMessage, response: ServerResponse, options: PolicyOptions): void {
  const nonce = randomBytes(16).toString('base64');
  const policy = contentSecurityPolicy(nonce, options);
  response.setHeader('content-security-policy', policy);
  // From the policy Next takes the nonce of its own scripts.
  Object.assign(headers, { 'content-security-policy': policy, [nonceHeader]: nonce });
}

/** What a script of ours posts is answered with data, which is never shown as a page: nothing in it may run. */
function forbidPage({ headers }: IncomingMessage): void {
  delete headers['content-security-policy'];
  delete headers[nonceHeader];
}

type Refusal = { status: number; text: string; allow?: string; connection?: string };

function refuse(request: IncomingMessage, path: string, env: Env): Refusal | undefined {
  if (!isOurHost(request.headers.host ?? null, env)) return { status: 421, text: describeAddress(env) };
  const methods = isAsset(path) ? ['GET', 'HEAD'] : ['GET', 'HEAD', 'POST'];
  if (!methods.includes(request.method ?? ''))
    return {
      status: 405,
      text: `Here Jobwright answers ${methods.join(', ')} only.`,
      allow: methods.join(', '),
    };
  if (!isPath(path)) return { status: 400, text: 'This is not an address that Jobwright could have.' };
  if (Number(request.headers['content-length'] ?? 0) > maxBodyBytes)
    return { status: 413, text: `A request may be ${maxBodyBytes} bytes at most.`, connection: 'close' };
  return undefined;
}

/** Next answers what has two slashes or a backslash with a redirect, and with a 500 what cannot be decoded. */
function isPath(path: string): boolean {
  if (!/^(?!.*(\/\/|\\))\//s.test(path)) return false;
  try {
    decodeURIComponent(path);
    return true;
  } catch {
    return false;
  }
}

/** A link with the token signs in, as Jupyter's does; the token leaves the address bar either way. */
async function signInBy(
  token: string,
  url: URL,
  request: IncomingMessage,
  response: ServerResponse,
  env: Env,
): Promise<void> {
  url.searchParams.delete('token');
  const target = `${url.pathname}${url.search}`;
  const known = isSignedIn(request.headers.cookie ?? null, env);
  if (!known && (await checkToken(token, env)) !== 'right') {
    redirect(response, 303, `${routes.signIn}?next=${encodeURIComponent(target)}`);
    return;
  }
  if (env.token !== undefined) {
    const cookie = { name: sessionCookieName(env), value: sessionCookieValue(env.token) };
    response.setHeader('set-cookie', stringifyCookie({ ...cookie, ...sessionCookieOptions(env) }));
  }
  redirect(response, 303, target);
}

/** Within this host: the location begins with one slash, which `isPath` has seen to. */
function redirect(response: ServerResponse, status: number, location: string): void {
  response.writeHead(status, { location }).end();
}
