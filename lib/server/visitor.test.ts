import { describe, expect, it } from 'vitest';
import { sessionCookieName, sessionCookieValue } from './session';
import { parseVisitor } from './visitor';

const open = { host: '127.0.0.1', origin: undefined, port: 3000, token: undefined };
const named = { ...open, host: '0.0.0.0', origin: new URL('https://jobs.example.com') };
const locked = { ...open, token: '0123456789abcdef' };

function verdict(
  headers: Record<string, string>,
  env: typeof open | typeof named | typeof locked,
  lock = {},
) {
  const result = parseVisitor(new Headers(headers), env, lock);
  return result.ok ? 'in' : result.problem;
}

describe('the Host header', () => {
  it.each([
    ['localhost', open, 'in'],
    ['LOCALHOST:3000', open, 'in'],
    ['127.0.0.1:8080', open, 'in'],
    ['[::1]:3000', open, 'in'],
    ['evil.com', open, 'wrong-host'],
    ['localhost.evil.com', open, 'wrong-host'],
    ['127.0.0.1.evil.com:3000', open, 'wrong-host'],
    ['localhost:3000:1', open, 'wrong-host'],
    ['localhost:65535', open, 'in'],
    ['localhost:65536', open, 'wrong-host'],
    ['localhost:99999', open, 'wrong-host'],
    ['localhost:0', open, 'wrong-host'],
    ['localhost@evil.com', open, 'wrong-host'],
    ['127.0.0.2:3000', open, 'wrong-host'],
    ['127.0.0.2:3000', { ...open, host: '127.0.0.2' }, 'in'],
    ['192.168.0.7:3000', { ...open, host: '192.168.0.7' }, 'wrong-host'],
    ['', open, 'wrong-host'],
    ['jobs.example.com', named, 'in'],
    ['jobs.example.com:443', named, 'in'],
    ['jobs.example.com:3000', named, 'wrong-host'],
    ['localhost:3000', named, 'wrong-host'],
  ] as const)('%s', (host, env, expected) => {
    expect(verdict({ host }, env)).toBe(expected);
  });

  it('is not replaced by what a proxy claims', () => {
    const claims = { 'x-forwarded-host': 'localhost', forwarded: 'host=localhost' };
    expect(verdict({ host: 'evil.com', ...claims }, open)).toBe('wrong-host');
    expect(verdict(claims, open)).toBe('wrong-host');
  });
});

describe('a write', () => {
  it.each([
    [{ origin: 'http://localhost:3000' }, open, 'in'],
    [{ origin: 'http://localhost:3000', 'sec-fetch-site': 'same-origin' }, open, 'in'],
    [{}, open, 'foreign-origin'],
    [{ origin: 'null' }, open, 'foreign-origin'],
    [{ origin: 'http://localhost:8888' }, open, 'foreign-origin'],
    [{ origin: 'http://evil.com', 'x-forwarded-host': 'evil.com' }, open, 'foreign-origin'],
    [{ origin: 'http://localhost:3000', 'sec-fetch-site': 'same-site' }, open, 'foreign-origin'],
    [{ origin: 'http://localhost:3000', 'sec-fetch-site': 'cross-site' }, open, 'foreign-origin'],
    [{ host: 'jobs.example.com', origin: 'https://jobs.example.com' }, named, 'in'],
    [{ host: 'jobs.example.com', origin: 'http://jobs.example.com' }, named, 'foreign-origin'],
  ] as const)('with %o', (headers, env, expected) => {
    expect(verdict({ host: 'localhost:3000', ...headers }, env, { write: true })).toBe(expected);
  });
});

describe('the session', () => {
  const host = 'localhost:3000';
  const value = sessionCookieValue(locked.token);
  it.each([
    [undefined, 'signed-out'],
    [`${sessionCookieName(locked)}=${value}`, 'in'],
    [`a=b; ${sessionCookieName(locked)}=${value}; c=d`, 'in'],
    [`${sessionCookieName(locked)}=${locked.token}`, 'signed-out'],
    [`${sessionCookieName(locked)}=`, 'signed-out'],
    [`jobwright-3001=${value}`, 'signed-out'],
    [`${sessionCookieName(locked)}=${sessionCookieValue('another token of 20')}`, 'signed-out'],
  ])('%s', (cookie, expected) => {
    expect(verdict({ host, ...(cookie && { cookie }) }, locked)).toBe(expected);
  });

  it('is not needed for what is open to everyone, but the host is', () => {
    expect(verdict({ host }, locked, { signedOut: true })).toBe('in');
    expect(verdict({ host: 'evil.com' }, locked, { signedOut: true })).toBe('wrong-host');
  });
});
