import { createServer } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { ask } from '@/e2e/ask';
import { loadTs } from '@/lib/load-ts.mjs';
import { parseEnv } from './env';
import { answerFirst } from './front';

const closers: (() => void)[] = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

/** 204 is what Next would have got. */
async function askFront(path: string, options: { method?: string; headers?: Record<string, string> } = {}) {
  const env = parseEnv({ PORT: '3000' });
  if (!env.ok) throw new Error(env.problem);
  const server = createServer((request, response) => {
    if (!answerFirst(request, response, env.value)) response.writeHead(204).end();
  });
  closers.push(() => server.close());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  return ask(`http://127.0.0.1:${port}`, path, options);
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
      'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
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
    expect(await askFront(path)).toMatchObject({ status: 308, headers: { location } });
  });

  it('a body beyond the limit is refused by what it says of its length', async () => {
    const headers = { 'content-length': String(256 * 1024 + 1) };
    expect((await askFront('/jobs/new', { method: 'POST', headers })).status).toBe(413);
  });

  it('built files keep what Next says of caching', async () => {
    expect((await askFront('/_next/static/chunks/a.js')).headers).not.toHaveProperty('cache-control');
  });
});

it('is what the start script compiles for itself', async () => {
  expect((await loadTs('lib/server/front.ts')).answerFirst.toString()).toContain('nonce');
});
