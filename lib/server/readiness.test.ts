import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { fail, ok, type Result } from '@/lib/result';
import { newCheck, newDlcCheck, newStoreCheck } from './readiness';
import { openStore } from './store/open';
import { newStoreWatch } from './store/watch';

// The log of a failure is no part of the tests' output.
beforeEach(() => vi.stubEnv('JOBWRIGHT_LOG_LEVEL', 'silent'));

describe('a check', () => {
  it('is made once for all who ask, and again when its result is too old', async () => {
    let time = 0;
    const results: Result<null, string>[] = [fail('down'), ok(null)];
    const run = vi.fn(async () => results.shift() ?? fail('asked too often'));
    const check = newCheck(run, { maxAgeMs: 60_000, waitMs: 1_000, now: () => time });
    expect(await Promise.all([check(), check()])).toEqual([fail('down'), fail('down')]);
    time = 59_999;
    expect(await check()).toEqual(fail('down'));
    time = 60_000;
    expect(await Promise.all([check(), check()])).toEqual([ok(null), ok(null)]);
    expect(run).toHaveBeenCalledTimes(2);
  });

  it('lets nobody wait for longer than it may, and gives the answer to who asks later', async () => {
    let answer = (_: Result<null, string>) => {};
    const run = vi.fn(() => new Promise<Result<null, string>>((resolve) => (answer = resolve)));
    const check = newCheck(run, { maxAgeMs: 60_000, waitMs: 10 });
    expect(await check()).toEqual(fail('no answer within 0.01 s'));
    answer(ok(null));
    expect(await check()).toEqual(ok(null));
    expect(run).toHaveBeenCalledTimes(1);
  });

  it('takes what throws for a failure, by its code and without its words', async () => {
    const error = Object.assign(new Error('at postgres://me:pw@db'), { code: 'ECONNREFUSED' });
    const check = newCheck(() => Promise.reject(error), { maxAgeMs: 1, waitMs: 1_000 });
    expect(await check()).toEqual(fail('ECONNREFUSED'));
  });
});

it('the store is ready where it takes a write, and not where it takes reads only', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'jobwright-ready-'));
  const store = await openStore({ dataDir, databaseUrl: undefined });
  const watch = newStoreWatch(store);
  expect(await newStoreCheck(watch)()).toEqual(ok(null));
  const { sql } = await import('kysely');
  await sql`pragma query_only = on`.execute(store.db);
  expect(await newStoreCheck(watch)()).toEqual(fail('takes no write; the log says why'));
  await store.close();
  rmSync(dataDir, { recursive: true });
});

it('the DLC is ready where it lists jobs; else a word says why', async () => {
  const api = { status: 403, code: 'Forbidden.RAM', message: 'secret words', requestId: 'R' };
  const page = { Jobs: [], TotalCount: 0, RequestId: 'R' };
  const listJobs = vi.fn(async () => ok(page));
  expect(await newDlcCheck({ listJobs })()).toEqual(ok(null));
  expect(listJobs).toHaveBeenCalledWith({ PageNumber: 1, PageSize: 1 });
  const denied = newDlcCheck({ listJobs: async () => fail({ kind: 'denied', api }) });
  expect(await denied()).toEqual(fail('denied: 403 Forbidden.RAM'));
  const away = newDlcCheck({ listJobs: async () => fail({ kind: 'unreachable', reason: 'ECONNREFUSED' }) });
  expect(await away()).toEqual(fail('unreachable: ECONNREFUSED'));
});
