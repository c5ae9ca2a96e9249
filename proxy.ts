import { randomBytes } from 'node:crypto';
import { type NextRequest, NextResponse } from 'next/server';
import { routes } from '@/lib/routes';
import { pathHeader } from '@/lib/server/entry';
import { env } from '@/lib/server/env';
import { describeAddress, isOurHost } from '@/lib/server/hosts';
import { contentSecurityPolicy, setSecurityHeaders } from '@/lib/server/response-headers';
import {
  checkToken,
  isSignedIn,
  sessionCookieName,
  sessionCookieOptions,
  sessionCookieValue,
} from '@/lib/server/session';
import { styleHashes } from '@/lib/server/style-hashes';

/** For every request: no matcher, since an exception would be a way around the Host check. */
export async function proxy(request: NextRequest): Promise<NextResponse> {
  const nonce = randomBytes(16).toString('base64');
  const policy = contentSecurityPolicy(nonce, {
    isDev: process.env.NODE_ENV === 'development',
    styles: styleHashes(process.env.JOBWRIGHT_BUILD),
  });
  const response = await answer(request, nonce, policy);
  response.headers.set('content-security-policy', policy);
  const https = env().origin?.protocol === 'https:';
  setSecurityHeaders(response.headers, { pathname: request.nextUrl.pathname, https });
  return response;
}

async function answer(request: NextRequest, nonce: string, policy: string): Promise<NextResponse> {
  const host = request.headers.get('host');
  if (!isOurHost(host, env())) return misdirected();
  const token = request.nextUrl.searchParams.get('token');
  if (token !== null && request.method === 'GET' && env().token !== undefined)
    return signInBy(token, request);

  const headers = new Headers(request.headers);
  // Next compares Origin with X-Forwarded-Host where there is one, so a foreign page's helper could supply both.
  headers.set('x-forwarded-host', host ?? '');
  headers.set('x-nonce', nonce);
  headers.set('content-security-policy', policy);
  headers.set(pathHeader, `${request.nextUrl.pathname}${request.nextUrl.search}`);
  return NextResponse.next({ request: { headers } });
}

function misdirected(): NextResponse {
  return new NextResponse(`${describeAddress(env())}\n`, {
    status: 421,
    headers: { 'content-type': 'text/plain; charset=utf-8' },
  });
}

/** A link with the token signs in, as Jupyter's does; the token leaves the address bar either way. */
async function signInBy(token: string, request: NextRequest): Promise<NextResponse> {
  const session = env();
  const target = request.nextUrl.clone();
  target.searchParams.delete('token');
  const known = isSignedIn(request.headers.get('cookie'), session);
  if (!known && (await checkToken(token, session)) !== 'right') {
    const next = `${target.pathname}${target.search}`;
    target.pathname = routes.signIn;
    target.search = '';
    target.searchParams.set('next', next);
    return NextResponse.redirect(target, 303);
  }
  const response = NextResponse.redirect(target, 303);
  if (session.token !== undefined) {
    const value = sessionCookieValue(session.token);
    response.cookies.set(sessionCookieName(session), value, sessionCookieOptions(session));
  }
  return response;
}
