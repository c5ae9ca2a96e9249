import { expect, it } from 'vitest';
import * as z from 'zod';
import { ok } from '@/lib/result';
import { argumentsOf, guardRead } from './entry';

const handler = guardRead(async ({ params, query }) => ok({ ...params, page: query.get('page') }));
const context = { params: Promise.resolve({ jobId: 'dlc1' }) };

function ask(headers: Record<string, string>) {
  return handler(new Request('http://localhost:3000/api/jobs/dlc1?page=2', { headers }), context);
}

it('answers a handler’s Result as JSON that no cache keeps', async () => {
  const response = await ask({ host: 'localhost:3000' });
  expect(response.status).toBe(200);
  expect(response.headers.get('cache-control')).toBe('no-store');
  expect(await response.json()).toEqual({ ok: true, value: { jobId: 'dlc1', page: '2' } });
});

it('answers a foreign host name with 403 and a Result', async () => {
  const response = await ask({ host: 'evil.com' });
  expect(response.status).toBe(403);
  expect(await response.json()).toMatchObject({ ok: false, problem: { kind: 'denied' } });
});

it('hands a Response through as it is', async () => {
  const raw = guardRead(async () => new Response('fine', { status: 503 }));
  const response = await raw(new Request('http://localhost/', { headers: { host: 'localhost' } }), context);
  expect([response.status, await response.text()]).toEqual([503, 'fine']);
});

it('turns arguments that do not fit into an invalid problem', () => {
  const parse = argumentsOf(z.tuple([z.string(), z.object({ id: z.number() })]));
  expect(parse(['a', { id: 1 }])).toEqual(ok(['a', { id: 1 }]));
  const bad = {
    ok: false,
    problem: { kind: 'invalid', faults: [{ path: [1, 'id'], key: 'request.malformed' }] },
  };
  expect(parse(['a', { id: 'x' }])).toEqual(bad);
  expect(parse([])).toMatchObject({ ok: false });
  expect(parse(['a', { id: 1 }, 'more'])).toMatchObject({ ok: false });
});
