import 'server-only';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Env } from './env';
import { describeAddress, isOurHost } from './hosts';
import { isAsset, setSecurityHeaders } from './response-headers';

const maxBodyBytes = 256 * 1024;

/**
 * What every request meets before Next: the headers that also Next's own errors then bear, and an answer, after which
 * this is true, where Next's would be a redirect before any Host check or a failure with a stack trace.
 */
export function answerFirst(request: IncomingMessage, response: ServerResponse, env: Env): boolean {
  const [path = '', query] = (request.url ?? '').split(/\?(.*)/s, 2);
  const headers = new Headers();
  setSecurityHeaders(headers, { pathname: path, https: env.origin?.protocol === 'https:' });
  response.setHeaders(headers);
  // proxy.ts puts the policy with a nonce in its place.
  response.setHeader('content-security-policy', "default-src 'none'; frame-ancestors 'none'");

  const refusal = refuse(request, path, env);
  if (refusal) {
    const { status, text, ...more } = refusal;
    response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8', ...more });
    response.end(`${text}\n`);
    return true;
  }
  if (path.length > 1 && path.endsWith('/')) {
    const location = path.slice(0, -1) + (query === undefined ? '' : `?${query}`);
    response.writeHead(308, { location }).end();
    return true;
  }
  return false;
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
