import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer as createHttpServer } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Attempt, send } from './send';

const opened: { close(): void }[] = [];

afterEach(() => {
  for (const server of opened.splice(0)) server.close();
});

async function listen(server: Server, scheme = 'http'): Promise<URL> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
  });
  opened.push({
    close() {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return new URL(`${scheme}://127.0.0.1:${(server.address() as AddressInfo).port}`);
}

/** A server that does `then` once the whole request of `attempt` has come in. */
function raw(then: (socket: Socket, received: string) => void): Promise<URL> {
  return listen(
    createServer((socket) => {
      let received = '';
      socket.on('data', (chunk) => {
        received += chunk;
        if (received.endsWith('{"a":1}')) then(socket, received);
      });
    }),
  );
}

function attempt(endpoint: URL, more: Partial<Attempt> = {}): Attempt {
  return {
    endpoint,
    method: 'POST',
    target: '/api/v1/jobs?a=b%20c',
    headers: { host: endpoint.host, 'content-type': 'application/json; charset=utf-8' },
    body: '{"a":1}',
    signedAt: new Date(),
    deadlineMs: 3_000,
    ...more,
  };
}

describe('an answer', () => {
  it('comes with status, headers and text, and the request went out byte for byte', async () => {
    let seen = '';
    const endpoint = await raw((socket, received) => {
      seen = received;
      socket.end('HTTP/1.1 418 Odd\r\nx-acs-request-id: R\r\ncontent-length: 5\r\n\r\nh\u00e9i!');
    });
    expect(await send(attempt(endpoint))).toMatchObject({
      kind: 'answer',
      status: 418,
      headers: { 'x-acs-request-id': 'R' },
      text: 'h\u00e9i!',
    });
    expect(seen).toContain('POST /api/v1/jobs?a=b%20c HTTP/1.1\r\n');
    expect(seen.toLowerCase()).toContain('accept-encoding: identity\r\n');
    expect(seen.toLowerCase()).toContain('content-length: 7\r\n');
    expect(seen.toLowerCase()).not.toContain('transfer-encoding');
  });

  it.each([
    ['of a redirect is not followed', 307, { location: 'http://127.0.0.1:1/' }, ''],
    ['of HTML is text', 502, { 'content-type': 'text/html' }, '<html>Bad gateway</html>'],
    ['of XML is text', 200, { 'content-type': 'text/xml' }, '<Error/>'],
    ['that is empty is text', 200, {}, ''],
    ['that came compressed is read', 200, { 'content-encoding': 'gzip' }, gzipSync('{"JobId":"dlc1"}')],
  ])('%s', async (_name, status, headers, body) => {
    let requests = 0;
    const server = createHttpServer((_request, response) => {
      requests += 1;
      response.writeHead(status, headers).end(body);
    });
    const answer = await send(attempt(await listen(server)));
    const text = typeof body === 'string' ? body : '{"JobId":"dlc1"}';
    expect(answer).toMatchObject({ kind: 'answer', status, text });
    expect(requests).toBe(1);
  });

  it('may end with the connection where it has no length', async () => {
    const endpoint = await raw((socket) => socket.end('HTTP/1.1 200 OK\r\n\r\nto the end'));
    expect(await send(attempt(endpoint))).toMatchObject({ kind: 'answer', text: 'to the end' });
  });
});

describe('nothing was sent', () => {
  it('when the port refuses', async () => {
    const endpoint = await listen(createServer());
    opened.pop()?.close();
    expect(await send(attempt(endpoint))).toEqual({ kind: 'not-sent', reason: 'ECONNREFUSED' });
  });

  it('when the name does not exist', async () => {
    const exchange = await send(attempt(new URL('http://nowhere.invalid')));
    expect(exchange).toMatchObject({
      kind: 'not-sent',
      reason: expect.stringMatching(/^(ENOTFOUND|EAI_AGAIN|timeout)$/),
    });
  });

  it('when the server is no TLS server, or leaves during the handshake', async () => {
    const garbage = createServer((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));
    const leaving = createServer((socket) => socket.once('data', () => socket.resetAndDestroy()));
    for (const server of [garbage, leaving])
      expect(await send(attempt(await listen(server, 'https')))).toMatchObject({ kind: 'not-sent' });
  });

  it('when the TLS handshake does not come to an end in time', async () => {
    const endpoint = await listen(createServer(), 'https');
    expect(await send(attempt(endpoint, { deadlineMs: 100 }))).toEqual({
      kind: 'not-sent',
      reason: 'timeout',
    });
  });

  it('when it was signed more than five seconds ago', async () => {
    let connections = 0;
    const endpoint = await listen(
      createServer(() => {
        connections += 1;
      }),
    );
    const exchange = await send(attempt(endpoint, { signedAt: new Date(Date.now() - 5_001) }));
    expect(exchange).toEqual({ kind: 'not-sent', reason: 'signed-too-long-ago' });
    expect(connections).toBe(0);
  });

  it('when it was called off before the connection stood', async () => {
    const endpoint = await listen(createServer(), 'https');
    const exchange = await send(attempt(endpoint, { signal: AbortSignal.timeout(50) }));
    expect(exchange).toEqual({ kind: 'not-sent', reason: 'aborted' });
  });
});

describe('sent, and no usable answer', () => {
  const head = 'HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n';
  const chunked = 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n';
  it.each<[string, string, (socket: Socket) => void]>([
    ['reset after the request', 'reset', (socket) => socket.resetAndDestroy()],
    ['closed without a word', 'reset', (socket) => socket.end()],
    ['closed within the head', 'reset', (socket) => socket.end('HTTP/1.1 200 OK\r\ncontent-le')],
    [
      'reset within the answer',
      'truncated',
      (socket) => socket.write(`${head}{"Jo`, () => setImmediate(() => socket.resetAndDestroy())),
    ],
    ['fewer bytes than announced', 'truncated', (socket) => socket.end(`${head}{"JobId":`)],
    ['chunks without the last one', 'truncated', (socket) => socket.end(`${chunked}5\r\n{"Job\r\n`)],
    [
      'a compressed answer cut short',
      'truncated',
      (socket) => {
        socket.write('HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\n\r\n');
        socket.end(gzipSync('{"JobId":"dlc1"}').subarray(0, 20));
      },
    ],
    ['no HTTP', 'not-json', (socket) => socket.end('SSH-2.0-OpenSSH_9.6\r\n')],
    [
      'headers without end',
      'too-large',
      (socket) => socket.end(`HTTP/1.1 200 OK\r\nx: ${'y'.repeat(100_000)}\r\n\r\n`),
    ],
    ['silence', 'timeout', () => {}],
    ['a head, then silence', 'timeout', (socket) => socket.write(head)],
    [
      'a byte now and then',
      'timeout',
      (socket) => {
        socket.write(head);
        const drip = setInterval(() => socket.write(' '), 10);
        socket.on('close', () => clearInterval(drip));
      },
    ],
  ])('%s', async (_name, reason, then) => {
    const endpoint = await raw(then);
    const deadlineMs = reason === 'timeout' ? 200 : 3_000;
    expect(await send(attempt(endpoint, { deadlineMs }))).toEqual({ kind: 'no-answer', reason });
  });

  it('reset before the body has been read', async () => {
    const endpoint = await listen(
      createServer((socket) => socket.once('data', () => socket.resetAndDestroy())),
    );
    const exchange = await send(attempt(endpoint, { body: 'x'.repeat(20 * 1024 * 1024) }));
    expect(exchange).toEqual({ kind: 'no-answer', reason: 'reset' });
  });

  it('an answer without end is cut at 8 MiB', async () => {
    let written = 0;
    const server = createHttpServer((_request, response) => {
      const more = (): void => {
        while (!response.destroyed && response.write('x'.repeat(65_536))) written += 65_536;
      };
      response.on('drain', more).writeHead(200);
      more();
    });
    expect(await send(attempt(await listen(server)))).toEqual({ kind: 'no-answer', reason: 'too-large' });
    expect(written).toBeLessThan(32 * 1024 * 1024);
  });

  it('a compressed answer that unfolds beyond 8 MiB', async () => {
    const bomb = gzipSync(Buffer.alloc(9 * 1024 * 1024));
    const server = createHttpServer((_request, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb);
    });
    expect(await send(attempt(await listen(server)))).toEqual({ kind: 'no-answer', reason: 'too-large' });
  });

  it('called off while waiting', async () => {
    const caller = new AbortController();
    const endpoint = await raw(() => caller.abort());
    const exchange = await send(attempt(endpoint, { signal: caller.signal }));
    expect(exchange).toEqual({ kind: 'no-answer', reason: 'interrupted' });
  });
});

describe('over TLS', () => {
  let dir = '';
  let key = '';
  let cert = '';

  beforeAll(() => {
    dir = mkdtempSync(join(tmpdir(), 'jobwright-tls-'));
    const files = ['-keyout', join(dir, 'key.pem'), '-out', join(dir, 'cert.pem')];
    const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=IP:127.0.0.1'];
    const kind = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'];
    execFileSync('openssl', ['req', '-x509', ...kind, ...files, ...subject], { stdio: 'ignore' });
    key = readFileSync(join(dir, 'key.pem'), 'utf8');
    cert = readFileSync(join(dir, 'cert.pem'), 'utf8');
  });
  afterAll(() => rmSync(dir, { recursive: true }));

  it('a certificate nobody vouches for means that nothing was sent', async () => {
    let requests = 0;
    const server = createHttpsServer({ key, cert }, () => {
      requests += 1;
    });
    expect(await send(attempt(await listen(server, 'https')))).toEqual({
      kind: 'not-sent',
      reason: 'DEPTH_ZERO_SELF_SIGNED_CERT',
    });
    expect(requests).toBe(0);
  });

  it('a trusted server answers', async () => {
    const server = createHttpsServer({ key, cert }, (_request, response) => response.end('{}'));
    const exchange = await send(attempt(await listen(server, 'https'), { ca: cert }));
    expect(exchange).toMatchObject({ kind: 'answer', status: 200, text: '{}' });
  });

  it('a reset after the request, and one within the answer, leave it open', async () => {
    const silent = createHttpsServer({ key, cert }, (request) => request.socket.destroy());
    const broken = createHttpsServer({ key, cert }, (request, response) => {
      response.writeHead(200, { 'content-length': 100 });
      response.write('{"Jo', () => request.socket.destroy());
    });
    const exchanges = [];
    for (const server of [silent, broken])
      exchanges.push(await send(attempt(await listen(server, 'https'), { ca: cert })));
    expect(exchanges).toEqual([
      { kind: 'no-answer', reason: 'reset' },
      { kind: 'no-answer', reason: 'truncated' },
    ]);
  });
});
