import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { ask } from '@/e2e/ask';
import { loadTs } from '@/lib/load-ts.mjs';
import { newDlc } from './dlc';
import { answerOps, publishOps } from './ops';
import { openStore } from './store/open';
import { newStoreWatch } from './store/watch';

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).toReversed()) await close();
});

/** 204 is what the rest of Jobwright would have got. */
async function serve(answer: typeof answerOps): Promise<string> {
  const server = createServer((request, response) => {
    if (!answer(request, response)) response.writeHead(204).end();
  });
  closers.push(() => server.close());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

it('is nowhere until it is published, and then also where the start script compiled it for itself', async () => {
  const own = await serve(answerOps);
  const { answerOps: compiled } = await loadTs('lib/server/ops.ts');
  const other = await serve(compiled);
  for (const url of [own, other]) expect((await ask(url, '/healthz')).status).toBe(204);

  const dataDir = mkdtempSync(join(tmpdir(), 'jobwright-ops-'));
  closers.push(() => rmSync(dataDir, { recursive: true }));
  const store = await openStore({ dataDir, databaseUrl: undefined });
  closers.push(() => store.close());
  const credentials = { accessKeyId: 'testid', accessKeySecret: 'testsecret' };
  const dlc = newDlc({ kind: 'cloud', endpoint: 'http://127.0.0.1:9', credentials });
  publishOps({ dlc, store: newStoreWatch(store) });
  for (const url of [own, other]) {
    expect(await ask(url, '/healthz')).toMatchObject({ status: 200, text: '{"alive":true}\n' });
    expect((await ask(url, '/healthz?x', { method: 'DELETE' })).status).toBe(405);
    expect((await ask(url, '/healthz/')).status).toBe(204);
  }
  expect(JSON.parse((await ask(own, '/readyz')).text)).toEqual({
    store: 'ok',
    dlc: 'failed',
    reasons: ['dlc: unreachable: ECONNREFUSED'],
  });
});
