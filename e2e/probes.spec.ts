import { join } from 'node:path';
import Database from 'better-sqlite3';
import { ask } from './ask';
import { cloudKeys } from './cloud-keys';
import { composeSmallJob, submit } from './compose';
import { startFaultDlc } from './fault-dlc';
import { expect, holdCreateJob, test } from './fixtures';
import { freePort, startJobwright } from './server';

// Each starts servers of its own; the first start after a change builds.
test.setTimeout(300_000);

const paths = ['/healthz', '/readyz', '/metrics'];
const foreign = { headers: { host: '10.0.0.7:3000' } };

test('probes and figures are on a port of their own, and not where people are', async ({ page }) => {
  const dlc = await startFaultDlc();
  const opsPort = await freePort();
  const ops = `http://127.0.0.1:${opsPort}`;
  const server = await startJobwright({
    ...cloudKeys,
    DLC_ENDPOINT: dlc.endpoint,
    JOBWRIGHT_OPS_PORT: String(opsPort),
  });
  try {
    for (const path of paths) {
      expect((await ask(server.url, path)).status).toBe(404);
      expect((await ask(server.url, path, foreign)).status).toBe(421);
      expect(await ask(ops, path, { method: 'POST' })).toMatchObject({
        status: 405,
        headers: { allow: 'GET, HEAD' },
      });
      expect(await ask(ops, path, { method: 'HEAD' })).toMatchObject({ status: 200, text: '' });
    }
    expect((await ask(ops, '/jobs')).status).toBe(404);
    expect((await ask(ops, '/healthz', foreign)).status).toBe(200);
    const many = await Promise.all(Array.from({ length: 30 }, () => ask(ops, '/readyz')));
    expect(new Set(many.map(({ status }) => status))).toEqual(new Set([200]));
    expect(JSON.parse(many[0]?.text ?? '')).toEqual({ store: 'ok', dlc: 'ok', reasons: [] });
    expect(dlc.requestsOf('ListJobs')).toHaveLength(1);

    dlc.mode = '500-not-made';
    await composeSmallJob(page, server.url, { name: 'not-known' });
    await submit(page);
    await expect(page).toHaveURL(/\/submissions\//);
    const { text } = await ask(ops, '/metrics');
    expect(text).toContain('jobwright_submissions_total{outcome="unconfirmed"} 1');
    expect(text).toMatch(/_call_duration_seconds_count\{operation="CreateJob",outcome="unconfirmed"\} 1/);
    expect(text).toContain('jobwright_submissions_unconfirmed 1');
    expect(Number(/unconfirmed_oldest_seconds ([\d.]+)/.exec(text)?.[1])).toBeGreaterThan(0);

    const { arrived, release } = holdCreateJob(dlc);
    await composeSmallJob(page, server.url, { name: 'under-way' });
    await submit(page);
    await arrived;
    await page.goto('about:blank');
    server.signal('SIGTERM');
    await server.said(/"Stopping"/);
    expect(await ask(ops, '/readyz')).toMatchObject({ status: 503 });
    expect((await ask(ops, '/healthz')).status).toBe(200);
    release();
    expect(await server.ended()).toBe(0);
  } finally {
    await server.dispose();
    await dlc.close();
  }
});

test('on the address of people only where that is wanted; then a DLC that fails is told, and only those three pass any Host', async () => {
  const dlc = await startFaultDlc();
  dlc.otherMode = 'forbidden-ram';
  const server = await startJobwright({
    ...cloudKeys,
    DLC_ENDPOINT: dlc.endpoint,
    JOBWRIGHT_OPS_PUBLIC: 'yes',
  });
  try {
    const { status, text } = await ask(server.url, '/readyz', foreign);
    expect(status).toBe(503);
    expect(JSON.parse(text)).toEqual({
      store: 'ok',
      dlc: 'failed',
      reasons: ['dlc: denied: 403 Forbidden.RAM'],
    });
    expect((await ask(server.url, '/healthz', foreign)).status).toBe(200);
    expect((await ask(server.url, '/metrics', foreign)).text).toContain('jobwright_store_up 1');
    for (const path of ['/jobs', '/healthz/', '//healthz', '/healthz/x'])
      expect((await ask(server.url, path, foreign)).status, path).toBe(421);
  } finally {
    await server.dispose();
    await dlc.close();
  }
});

test('a store that makes the ledger wait holds up no page', async () => {
  const dlc = await startFaultDlc();
  const opsPort = await freePort();
  const ops = `http://127.0.0.1:${opsPort}`;
  const variables = { ...cloudKeys, DLC_ENDPOINT: dlc.endpoint, JOBWRIGHT_OPS_PORT: String(opsPort) };
  const server = await startJobwright(variables);
  const other = new Database(join(server.dataDir, 'jobwright.sqlite'));
  try {
    other.exec('begin immediate');
    const answered: string[] = [];
    const ready = ask(ops, '/readyz').finally(() => answered.push('/readyz'));
    // Asked after it, on the same address: by then the ledger waits for the lock.
    await ask(ops, '/healthz');
    expect((await ask(server.url, '/jobs/new')).status).toBe(200);
    expect(answered).toEqual([]);
    expect(JSON.parse((await ready).text)).toMatchObject({
      store: 'failed',
      reasons: ['store: no answer within 2 s'],
    });
    other.exec('rollback');
    await expect.poll(async () => (await ask(ops, '/readyz')).status, { timeout: 20_000 }).toBe(200);
  } finally {
    other.close();
    await server.dispose();
    await dlc.close();
  }
});
