import { createServer, request, type ServerResponse } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';

let drain: typeof import('./drain');

beforeEach(async () => {
  Reflect.deleteProperty(globalThis, Symbol.for('jobwright.drain'));
  vi.resetModules();
  drain = await import('./drain');
});

const closers: (() => void)[] = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

/** A server whose answers the test gives. */
async function serve() {
  const asked: ServerResponse[] = [];
  const server = createServer((_request, response) => asked.push(response));
  drain.serveUntilStop(server);
  closers.push(() => server.closeAllConnections());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { port, asked };
}

it('waits for all work under way, also for what began meanwhile and for what fails', async () => {
  const ended: string[] = [];
  let finish = () => {};
  const slow = drain.track(new Promise<void>((resolve) => (finish = resolve)));
  drain.track(Promise.reject(new Error('bug'))).catch(() => {});
  expect(drain.isDraining()).toBe(false);
  drain.beginDrain();
  expect(drain.isDraining()).toBe(true);
  const done = drain.drained().then(() => ended.push('drained'));
  let finishLater = () => {};
  drain.track(new Promise<void>((resolve) => (finishLater = resolve)).then(() => ended.push('later')));
  finish();
  await slow;
  finishLater();
  await done;
  expect(ended).toEqual(['later', 'drained']);
});

it('takes no new connection, and lets the answer to a request under way leave and close its own', async () => {
  const { port, asked } = await serve();
  const answer = new Promise<number | undefined>((resolve, reject) => {
    const asking = request({ port, host: '127.0.0.1', agent: false }, (response) => {
      response.resume().on('end', () => resolve(response.statusCode));
    });
    asking.on('error', reject).end();
  });
  await vi.waitFor(() => expect(asked).toHaveLength(1));
  drain.beginDrain();
  const refused = await new Promise((resolve) => connect(port, '127.0.0.1').on('error', resolve));
  expect(refused).toMatchObject({ code: 'ECONNREFUSED' });
  const closed = drain.closeConnections(60_000);
  asked[0]?.writeHead(200).end('late');
  expect(await answer).toBe(200);
  await closed;
});

it('cuts what is idle at once, and what never ends after its time', async () => {
  const { port } = await serve();
  const idle = connect(port, '127.0.0.1');
  const halfway = connect(port, '127.0.0.1');
  const cut = [idle, halfway].map((socket) => new Promise((resolve) => socket.on('close', resolve)));
  for (const socket of [idle, halfway]) socket.on('error', () => {});
  await new Promise((resolve) => halfway.write('POST / HTTP/1.1\r\nhost: x\r\n', resolve));
  drain.beginDrain();
  await drain.closeConnections(100);
  await Promise.all(cut);
});
