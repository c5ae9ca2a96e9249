import { request } from 'node:http';
import { connect } from 'node:net';
import { cloudKeys } from './cloud-keys';
import { composeSmallJob, submit } from './compose';
import { startFaultDlc } from './fault-dlc';
import { expect, expectNoise, holdCreateJob, test } from './fixtures';
import { startJobwright } from './server';

// Each starts servers of its own; the first start after a change builds.
test.setTimeout(300_000);

const token = 'a-token-of-sixteen-and-more';

type Line = Record<string, unknown>;

function logLines(output: string): Line[] {
  return output
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line));
}

test('the log tells of starting, sending and stopping, under the submission, and no secret', async ({
  page,
}) => {
  const dlc = await startFaultDlc();
  const server = await startJobwright({ ...cloudKeys, DLC_ENDPOINT: dlc.endpoint, JOBWRIGHT_TOKEN: token });
  try {
    await page.goto(`${server.url}/jobs?token=${token}`);
    await composeSmallJob(page, server.url, { name: 'logged', command: 'echo not-for-the-log' });
    await submit(page);
    await expect(page.getByRole('heading', { level: 1, name: 'logged' })).toBeVisible();
    const jobId = page.url().split('/').at(-1);
    // A page would miss the server that goes.
    await page.goto('about:blank');
    await server.stop();
    const lines = logLines(server.output());
    const created = lines.find(({ operation }) => operation === 'CreateJob');
    expect(created).toMatchObject({ level: 'info', outcome: 'ok', status: 200 });
    expect(created?.submission).toMatch(/^[0-9a-f-]{36}$/);
    expect(lines).toContainEqual(
      expect.objectContaining({
        message: 'Submission',
        outcome: 'accepted',
        jobId,
        submission: created?.submission,
      }),
    );
    expect(lines[0]).toMatchObject({ message: 'Started', dlc: 'cloud', endpoint: dlc.endpoint });
    expect(lines).toContainEqual(expect.objectContaining({ message: 'Stopping', signal: 'SIGTERM' }));
    expect(lines.at(-1)).toMatchObject({ message: 'Stopped' });
    for (const secret of [token, cloudKeys.ALIBABA_CLOUD_ACCESS_KEY_SECRET, 'not-for-the-log'])
      expect(server.output()).not.toContain(secret);
  } finally {
    await server.dispose();
    await dlc.close();
  }
});

test('SIGTERM lets the job that is being sent arrive; a press that comes too late says so and is not lost', async ({
  page,
  context,
}) => {
  const dlc = await startFaultDlc();
  const server = await startJobwright({ ...cloudKeys, DLC_ENDPOINT: dlc.endpoint });
  try {
    const { arrived, release } = holdCreateJob(dlc);
    const late = await context.newPage();
    await composeSmallJob(late, server.url, { name: 'pressed-late' });
    await composeSmallJob(page, server.url, { name: 'sent-before' });
    await submit(page);
    await arrived;

    // A connection on which a request has begun outlives the signal; the press comes in over it.
    await late.route('**/jobs/new**', async (route) => {
      const { pathname, search } = new URL(route.request().url());
      const headers = { ...(await route.request().allHeaders()), 'content-length': '' };
      const body = route.request().postDataBuffer() ?? Buffer.alloc(0);
      headers['content-length'] = String(body.length);
      const plain = Object.fromEntries(Object.entries(headers).filter(([name]) => !name.startsWith(':')));
      const asking = request(server.url, {
        path: pathname + search,
        method: 'POST',
        headers: plain,
        agent: false,
      });
      const answered = new Promise<{ status: number; contentType: string; text: string }>(
        (resolve, reject) => {
          asking.on('error', reject).on('response', (response) => {
            let text = '';
            response.setEncoding('utf8').on('data', (chunk) => {
              text += chunk;
            });
            const { statusCode = 0, headers: given } = response;
            response.on('end', () =>
              resolve({ status: statusCode, contentType: given['content-type'] ?? '', text }),
            );
          });
        },
      );
      await new Promise((resolve) => asking.write(body.subarray(0, 1), resolve));
      server.signal('SIGTERM');
      await server.said(/"Stopping"/);
      asking.end(body.subarray(1));
      const { status, contentType, text } = await answered;
      await route.fulfill({ status, contentType, body: text });
    });
    await submit(late);
    await expect(late.getByText('Jobwright is restarting')).toBeVisible();
    expect(dlc.requestsOf('CreateJob')).toHaveLength(1);

    // Whoever stops waiting stops nothing.
    await page.goto('about:blank');
    release();
    expect(await server.ended()).toBe(0);
    const lines = logLines(server.output());
    expect(lines).toContainEqual(expect.objectContaining({ operation: 'CreateJob', outcome: 'ok' }));
    expect(lines.at(-1)).toMatchObject({ message: 'Stopped' });

    dlc.onRequest = () => {};
    await server.restart();
    await page.goto(`${server.url}/submissions`);
    await expect(page.getByRole('row', { name: /sent-before/ })).toContainText(dlc.jobs[0]?.JobId ?? 'none');
    await late.unrouteAll();
    await submit(late);
    await expect(late.getByRole('heading', { level: 1, name: 'pressed-late' })).toBeVisible();
    expect(dlc.jobs.map(({ DisplayName }) => DisplayName)).toEqual(['sent-before', 'pressed-late']);
    for (const tab of [page, late]) await tab.goto('about:blank');
  } finally {
    await server.dispose();
    await dlc.close();
  }
});

test('connections that stay open do not hold the exit', async () => {
  const server = await startJobwright();
  try {
    const { hostname, port } = new URL(server.url);
    const [idle, halfway] = [connect(Number(port), hostname), connect(Number(port), hostname)];
    for (const socket of [idle, halfway]) socket.on('error', () => {});
    await new Promise((resolve) => {
      idle.write(`GET /icon.svg HTTP/1.1\r\nhost: localhost:${port}\r\n\r\n`);
      idle.once('data', resolve);
    });
    await new Promise((resolve) => halfway.write('POST /jobs/new HTTP/1.1\r\n', resolve));
    server.signal('SIGTERM');
    expect(await server.ended()).toBe(0);
    expect(logLines(server.output()).at(-1)).toMatchObject({ message: 'Stopped' });
  } finally {
    await server.dispose();
  }
});

test('a second signal ends it at once, and the next start sends nothing again', async ({ page, noise }) => {
  const dlc = await startFaultDlc();
  const server = await startJobwright({ ...cloudKeys, DLC_ENDPOINT: dlc.endpoint });
  let isEnded = false;
  try {
    const { arrived, release } = holdCreateJob(dlc);
    await composeSmallJob(page, server.url, { name: 'cut-off' });
    await submit(page);
    await arrived;
    const ended = server.ended().finally(() => {
      isEnded = true;
    });
    // Of the first second's signals only one counts.
    const again = setInterval(() => !isEnded && server.signal('SIGTERM'), 100);
    expect(await ended).toBe(143);
    clearInterval(again);
    expect(server.output()).toContain('Ended at once');
    await expect(page.getByText('Jobwright did not respond')).toBeVisible();
    expectNoise(noise, /ERR_/);
    release();
    dlc.onRequest = () => {};
    await server.restart();
    await submit(page);
    await expect(page).toHaveURL(/\/submissions\//);
    expect(dlc.requestsOf('CreateJob')).toHaveLength(1);
    await page.goto('about:blank');
  } finally {
    await server.dispose();
    await dlc.close();
  }
});
