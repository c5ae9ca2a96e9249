import { NextRequest } from 'next/server';
import { afterEach, describe, expect, it, vi } from 'vitest';

const token = '0123456789abcdef';

async function ask(path: string, headers: Record<string, string>, variables: Record<string, string> = {}) {
  vi.resetModules();
  for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value);
  const { proxy } = await import('@/proxy');
  return proxy(new NextRequest(new URL(path, 'http://localhost:3000'), { headers }));
}

afterEach(() => vi.unstubAllEnvs());

describe('a host name that is not ours', () => {
  it.each(['/jobs', '/api/jobs', '/_next/static/chunks/a.js', '/icon.svg'])(
    'gets nothing of %s',
    async (path) => {
      const response = await ask(path, {
        host: 'evil.com',
        'next-router-prefetch': '1',
        'x-forwarded-host': 'localhost',
      });
      expect(response.status).toBe(421);
      expect(await response.text()).toContain('http://localhost:3000');
    },
  );

  it('is told the configured address where there is one', async () => {
    const variables = { JOBWRIGHT_ORIGIN: 'https://localhost:8443' };
    const response = await ask('/jobs', { host: 'localhost:3000' }, variables);
    expect(response.status).toBe(421);
    expect(await response.text()).toBe('This Jobwright answers at https://localhost:8443 only.\n');
    expect(response.headers.get('strict-transport-security')).toContain('max-age');
  });
});

it('hands on the nonce of its policy, and no foreign X-Forwarded-Host', async () => {
  const response = await ask('/jobs?page=2', {
    host: 'localhost:3000',
    'x-forwarded-host': 'evil.com',
    'x-nonce': 'old',
  });
  const passed = (name: string) => response.headers.get(`x-middleware-request-${name}`);
  const policy = response.headers.get('content-security-policy');
  expect(policy).toContain(`'nonce-${passed('x-nonce')}'`);
  expect(passed('content-security-policy')).toBe(policy);
  expect(passed('x-nonce')).not.toBe('old');
  expect(passed('x-forwarded-host')).toBe('localhost:3000');
  expect(passed('x-jobwright-path')).toBe('/jobs?page=2');
});

describe('a link with the token', () => {
  const variables = { JOBWRIGHT_TOKEN: token };
  const host = 'localhost:3000';

  it('signs in and leaves the address without it', async () => {
    const response = await ask(`/jobs?page=2&token=${token}`, { host }, variables);
    expect([response.status, response.headers.get('location')]).toEqual([
      303,
      'http://localhost:3000/jobs?page=2',
    ]);
    const cookie = response.headers.get('set-cookie') ?? '';
    expect(cookie).toMatch(/^jobwright-3000=[\w-]{43};.*HttpOnly; SameSite=lax$/i);
    expect(cookie).not.toContain(token);
  });

  it('leads to the sign-in page where the token is wrong', async () => {
    const response = await ask('/jobs?page=2&token=guess', { host }, variables);
    expect(response.headers.get('location')).toBe('http://localhost:3000/sign-in?next=%2Fjobs%3Fpage%3D2');
    expect(response.headers.get('set-cookie')).toBe(null);
  });

  it('means nothing where no token is configured', async () => {
    const response = await ask('/jobs?token=guess', { host });
    expect(response.headers.get('location')).toBe(null);
  });
});
