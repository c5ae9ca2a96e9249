import { createServer, type IncomingHttpHeaders } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { ask } from '@/e2e/ask';
import { loadTs } from '@/lib/load-ts.mjs';
import { parseEnv } from './env';
import { newFront } from './front';

const closers: (() => void)[] = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

const localhost = { host: 'localhost:3000' };

type Asked = { method?: string; headers?: Record<string, string> };

/** 204 is what Next would have got; `passed` are the headers it would have read. */
async function askFront(path: string, options: Asked = {}, variables: Record<string, string> = {}) {
  const env = parseEnv({ PORT: '3000', ...variables });
  if (!env.ok) throw new Error(env.problem);
  const front = newFront(env.value, { styles: ["'sha256-style'"] });
  let passed: IncomingHttpHeaders = {};
  const server = createServer(async (request, response) => {
    if (await front(request, response)) return;
    passed = request.headers;
    response.writeHead(204).end();
  });
  closers.push(() => server.close());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  return { ...(await ask(`http://127.0.0.1:${port}`, path, options)), passed };
}

describe('before Next', () => {
  it.each([
    ['/jobs', 204],
    ['/jobs/a%20b?x=%ff', 204],
    ['/jobs?next=//evil.com', 204],
    ['/jobs/%ff', 400],
    ['/jobs/%', 400],
    ['//evil.com/jobs', 400],
    ['/jobs//a', 400],
    ['/\\evil.com', 400],
    ['http://evil.com/api/jobs', 400],
    ['*', 400],
  ])('%s gets %i, and the headers', async (path, status) => {
    const answer = await askFront(path);
    expect(answer.status).toBe(status);
    expect(answer.headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'content-security-policy': expect.stringMatching(/^default-src 'none'; .*frame-ancestors 'none'$/),
      'cache-control': 'no-store',
    });
    expect(answer.headers).not.toHaveProperty('location');
  });

  it('a foreign Host gets 421, whatever it asks for and how', async () => {
    const headers = { host: 'evil.com' };
    for (const path of ['/jobs', '/jobs/', '//jobs', '/jobs/%ff', '/_next/static/a.js'])
      for (const method of ['GET', 'POST', 'TRACE'])
        expect((await askFront(path, { headers, method })).status).toBe(421);
  });

  it.each(['TRACE', 'PUT', 'DELETE', 'OPTIONS', 'PATCH'])('%s is refused', async (method) => {
    expect(await askFront('/jobs', { method })).toMatchObject({
      status: 405,
      headers: { allow: 'GET, HEAD, POST' },
    });
  });

  it('a built file is only read', async () => {
    expect(await askFront('/icon.svg', { method: 'POST' })).toMatchObject({
      status: 405,
      headers: { allow: 'GET, HEAD' },
    });
  });

  it.each([
    ['/jobs/', '/jobs'],
    ['/jobs/?a=1&b=?', '/jobs?a=1&b=?'],
  ])('%s leads to %s on the same host', async (path, location) => {
    const policy = "default-src 'none'; frame-ancestors 'none'";
    expect(await askFront(path)).toMatchObject({
      status: 308,
      headers: { location, 'content-security-policy': policy },
    });
  });

  it('a body beyond the limit is refused by what it says of its length', async () => {
    const headers = { 'content-length': String(256 * 1024 + 1) };
    expect((await askFront('/jobs/new', { method: 'POST', headers })).status).toBe(413);
  });

  it('built files keep what Next says of caching', async () => {
    expect((await askFront('/_next/static/chunks/a.js')).headers).not.toHaveProperty('cache-control');
  });
});

it('a foreign Host is told the configured address where there is one', async () => {
  const variables = { JOBWRIGHT_ORIGIN: 'https://localhost:8443' };
  const answer = await askFront('/jobs', { headers: localhost }, variables);
  expect(answer.status).toBe(421);
  expect(answer.text).toBe('This Jobwright answers at https://localhost:8443 only.\n');
  expect(answer.headers['strict-transport-security']).toContain('max-age');
});

it('Next gets the nonce of the policy, and nothing that a browser could put in its place', async () => {
  const headers = {
    ...localhost,
    'x-forwarded-host': 'evil.com',
    'x-nonce': 'old',
    'x-jobwright-path': '/old',
    'content-security-policy': "script-src 'nonce-old'",
  };
  const { passed, headers: told } = await askFront('/jobs?page=2&_rsc=1a', { headers });
  expect(passed).toMatchObject({
    'x-forwarded-host': 'localhost:3000',
    'x-jobwright-path': '/jobs?page=2',
    'content-security-policy': told['content-security-policy'],
  });
  expect(passed['x-nonce']).toMatch(/^[\w+/]{22}==$/);
  expect(told['content-security-policy']).toContain(`script-src 'self' 'nonce-${passed['x-nonce']}'`);
  expect(told['content-security-policy']).toContain("'sha256-style'");
  const again = await askFront('/jobs', { headers: localhost });
  expect(again.passed['x-nonce']).not.toBe(passed['x-nonce']);
});

it('what a script of ours posts is answered with data, in which nothing may run', async () => {
  const sent = {
    'next-action': '60a1',
    'x-nonce': 'old',
    'content-security-policy': "script-src 'nonce-old'",
  };
  const headers = { ...localhost, ...sent };
  const { passed, headers: told } = await askFront('/jobs/new?step=2', { method: 'POST', headers });
  expect(passed).toMatchObject({
    'x-forwarded-host': 'localhost:3000',
    'x-jobwright-path': '/jobs/new?step=2',
  });
  expect(passed).not.toHaveProperty('x-nonce');
  expect(passed).not.toHaveProperty('content-security-policy');
  expect(told['content-security-policy']).toBe("default-src 'none'; frame-ancestors 'none'");
});

describe('a link with the token', () => {
  const token = '0123456789abcdef';
  const variables = { JOBWRIGHT_TOKEN: token };

  it('signs in and leaves the address without it', async () => {
    const answer = await askFront(`/jobs?page=2&token=${token}`, { headers: localhost }, variables);
    expect(answer).toMatchObject({ status: 303, headers: { location: '/jobs?page=2' } });
    const [cookie] = answer.headers['set-cookie'] ?? [];
    expect(cookie).toMatch(/^jobwright-3000=[\w-]{43};.*HttpOnly; SameSite=lax$/i);
    expect(cookie).not.toContain(token);
  });

  it('leads to the sign-in page where the token is wrong', async () => {
    const answer = await askFront('/jobs?page=2&token=guess', { headers: localhost }, variables);
    expect(answer.headers).toMatchObject({ location: '/sign-in?next=%2Fjobs%3Fpage%3D2' });
    expect(answer.headers).not.toHaveProperty('set-cookie');
  });

  it('is not looked at in what is posted, nor where no token is configured', async () => {
    const posted = { method: 'POST', headers: localhost };
    expect((await askFront('/jobs?token=guess', posted, variables)).status).toBe(204);
    expect((await askFront('/jobs?token=guess', { headers: localhost })).status).toBe(204);
  });
});

it('is what the start script compiles for itself', async () => {
  expect((await loadTs('lib/server/front.ts')).newFront.toString()).toContain('nonce');
});
