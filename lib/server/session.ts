import 'server-only';
import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Env } from './env';

/** Who asks. There is one identity so far: whoever holds the token or, without a token, whoever reaches the server. */
export type Who = { id: 'operator' };

export const operator: Who = { id: 'operator' };

type Session = Pick<Env, 'port' | 'token' | 'origin'>;

/** Cookies ignore ports: two Jobwrights on one machine would overwrite each other's, two behind one address must not. */
export function sessionCookieName({ port, origin }: Session): string {
  return `jobwright-${origin ? origin.port || (origin.protocol === 'https:' ? 443 : 80) : port}`;
}

/** What the cookie holds: proof of the token from which the token cannot be read. */
export function sessionCookieValue(token: string): string {
  return createHmac('sha256', token).update('jobwright session 1').digest('base64url');
}

export function sessionCookieOptions({ origin }: Session) {
  return {
    httpOnly: true,
    sameSite: 'lax',
    secure: origin?.protocol === 'https:',
    path: '/',
    maxAge: 30 * 24 * 3600,
  } as const;
}

export function isSignedIn(cookieHeader: string | null, session: Session): boolean {
  if (session.token === undefined) return true;
  const name = sessionCookieName(session);
  const expected = sessionCookieValue(session.token);
  return (cookieHeader ?? '').split(';').some((pair) => {
    const at = pair.indexOf('=');
    return pair.slice(0, at).trim() === name && isSame(pair.slice(at + 1).trim(), expected);
  });
}

export type TokenVerdict = 'right' | 'wrong' | 'too-many-attempts';

const attemptsKey = Symbol.for('jobwright.failed-sign-ins');
const attemptWindowMs = 60_000;
const maxFailedAttempts = 10;

// Shared by lib/start.mjs and Next's bundles: the link and the sign-in action count together.
const shared = globalThis as { [attemptsKey]?: number[] };

/**
 * Compares in constant time. The right token always passes: any page can send wrong ones, and would shut the door on its
 * owner. A wrong one costs half a second, and after ten of them within a minute is told so.
 */
export async function checkToken(given: unknown, { token }: Session, delayMs = 500): Promise<TokenVerdict> {
  if (token === undefined) return 'right';
  if (typeof given === 'string' && isSame(given, token)) return 'right';
  const since = Date.now() - attemptWindowMs;
  const failed = (shared[attemptsKey] ?? []).filter((time) => time > since);
  shared[attemptsKey] = failed;
  const isTooMany = failed.length >= maxFailedAttempts;
  if (!isTooMany) failed.push(Date.now());
  await pause(delayMs);
  return isTooMany ? 'too-many-attempts' : 'wrong';
}

/** A path of this site to go on to after signing in; anything that could lead elsewhere becomes '/'. */
export function toNextPath(value: unknown): string {
  if (typeof value !== 'string' || !value.startsWith('/')) return '/';
  const base = 'http://jobwright.invalid';
  if (!URL.canParse(value, base)) return '/';
  const url = new URL(value, base);
  // '/..//elsewhere' has our origin and still becomes '//elsewhere'.
  return url.origin === base && !url.pathname.startsWith('//') ? `${url.pathname}${url.search}` : '/';
}

function isSame(one: string, other: string): boolean {
  const digest = (value: string) => createHash('sha256').update(value).digest();
  return timingSafeEqual(digest(one), digest(other));
}
