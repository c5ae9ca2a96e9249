import { createServer, request } from 'node:http';
import { cloudKeys } from './cloud-keys';
import { composeSmallJob, submit, submitInTwoTabs } from './compose';
import { startFaultDlc } from './fault-dlc';
import { expect, test } from './fixtures';
import { findPostgres, startPostgres } from './postgres';
import { freePort, startJobwright } from './server';

// Each starts servers of its own; the first start after a change builds.
test.setTimeout(300_000);

const token = 'a-token-of-sixteen-and-more';

/** As nginx or Caddy would: pages from the first instance, each action from the next in turn. */
async function startProxy(port: number, instances: string[]) {
  let posts = 0;
  const server = createServer((incoming, outgoing) => {
    if (incoming.method === 'POST') posts += 1;
    const target = instances[incoming.method === 'POST' ? posts % instances.length : 0] ?? '';
    const headers = {
      ...incoming.headers,
      host: `localhost:${port}`,
      'x-forwarded-host': `localhost:${port}`,
      'x-forwarded-proto': 'http',
      'x-forwarded-for': incoming.socket.remoteAddress ?? '',
    };
    const { url = '', method = '' } = incoming;
    const passed = request(target, { path: url, method, headers, agent: false }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    passed.on('error', () => outgoing.destroy());
    incoming.pipe(passed);
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return {
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

for (const store of findPostgres() ? ['SQLite', 'PostgreSQL'] : ['SQLite'])
  test(`two instances on one ${store} behind one address: signed in on one, sent by the other, and one job for presses on both`, async ({
    page,
  }) => {
    const postgres = store === 'PostgreSQL' ? await startPostgres() : undefined;
    const dlc = await startFaultDlc();
    const port = await freePort();
    const origin = `http://localhost:${port}`;
    const variables = {
      ...cloudKeys,
      DLC_ENDPOINT: dlc.endpoint,
      JOBWRIGHT_ORIGIN: origin,
      JOBWRIGHT_TOKEN: token,
      JOBWRIGHT_SECRET_KEY: '0123456789abcdef'.repeat(4),
      ...(postgres ? { DATABASE_URL: postgres.url } : {}),
    };
    const first = await startJobwright(variables);
    const shared: Record<string, string> = postgres ? {} : { JOBWRIGHT_DATA_DIR: first.dataDir };
    const second = await startJobwright({ ...variables, ...shared });
    const proxy = await startProxy(port, [first.url, second.url]);
    try {
      await page.goto(`${origin}/jobs?token=${token}`);
      await expect(page).toHaveURL(`${origin}/jobs`);
      await composeSmallJob(page, origin, { name: 'sent-by-another' });
      await submit(page);
      await expect(page.getByRole('heading', { level: 1, name: 'sent-by-another' })).toBeVisible();
      expect(second.output()).toContain('"operation":"CreateJob"');
      expect(first.output()).not.toContain('"operation":"CreateJob"');

      dlc.mode = 'ok-slow';
      const other = await submitInTwoTabs(page, origin, { name: 'pressed-on-both' });
      expect(dlc.jobs.map(({ DisplayName }) => DisplayName)).toEqual(['sent-by-another', 'pressed-on-both']);
      for (const { output } of [first, second]) expect(output()).toContain('"message":"Submission"');
      // A page would miss the server that is about to go.
      for (const tab of [page, other]) await tab.goto('about:blank');
    } finally {
      proxy.close();
      await second.dispose();
      await first.dispose();
      await dlc.close();
      await postgres?.remove();
    }
  });
