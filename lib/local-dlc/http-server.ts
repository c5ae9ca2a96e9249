import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { type Answer, refuse } from './answer';
import type { RawRequest } from './canonical-request';
import { readRequest } from './read-request';

export type HttpServer = { port: number; close(): Promise<void> };

export type Handler = (request: RawRequest) => Promise<Answer>;

function newRequestId(): string {
  return randomUUID().toUpperCase();
}

/** Listens on 127.0.0.1 alone. Whatever goes wrong, the answer is JSON. */
export async function startHttpServer(
  port: number,
  handle: Handler,
  log: (line: string) => void,
): Promise<HttpServer> {
  const pending = new Set<Promise<void>>();
  const server = createServer((incoming, response) => {
    const answered = answer(incoming, response, handle, log)
      .catch((error: unknown) => {
        log(`The local DLC could not answer: ${String(error)}`);
        response.destroy();
      })
      .finally(() => pending.delete(answered));
    pending.add(answered);
  });
  server.on('clientError', (_error, socket) => {
    if (!socket.writable) return socket.destroy();
    const body = toErrorBody('BadRequest', 'The request is no valid HTTP.', newRequestId(), 'localhost');
    return socket.end(
      `HTTP/1.1 400 Bad Request\r\nContent-Type: application/json;charset=utf-8\r\nContent-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
    );
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  server.on('error', (error) => log(`The local DLC's server: ${error.message}`));
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : port,
    async close() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
      await Promise.all(pending);
    },
  };
}

async function answer(
  incoming: IncomingMessage,
  response: ServerResponse,
  handle: Handler,
  log: (line: string) => void,
): Promise<void> {
  const requestId = newRequestId();
  const host = incoming.headers.host ?? '';
  const result = await toAnswer(incoming, handle, requestId, log);
  if (result.kind === 'cut') {
    incoming.socket.destroy();
    return;
  }
  const [status, body] =
    result.kind === 'done'
      ? [200, JSON.stringify({ ...result.body, RequestId: requestId })]
      : [result.status, toErrorBody(result.code, result.message, requestId, host)];
  response.writeHead(status, {
    'Content-Type': 'application/json;charset=utf-8',
    'Content-Length': Buffer.byteLength(body),
    'Cache-Control': 'no-store',
    'x-acs-request-id': requestId,
  });
  response.end(body);
}

async function toAnswer(
  incoming: IncomingMessage,
  handle: Handler,
  requestId: string,
  log: (line: string) => void,
): Promise<Answer> {
  try {
    const host = incoming.headers.host ?? '';
    // A page elsewhere whose name resolves to 127.0.0.1 sends that name.
    const own = [`127.0.0.1:${incoming.socket.localPort}`, `localhost:${incoming.socket.localPort}`];
    if (!own.includes(host.toLowerCase()))
      return refuse(403, 'Forbidden.Host', `This server does not answer for the host ${host}.`);
    const read = await readRequest(incoming);
    return 'refusal' in read ? read.refusal : await handle(read.value);
  } catch (error) {
    log(`The local DLC failed at request ${requestId}: ${String(error)}`);
    return refuse(500, 'InternalError', 'The request processing has failed due to some unknown error.');
  }
}

function toErrorBody(code: string, message: string, requestId: string, host: string): string {
  const query = new URLSearchParams({ q: code, product: 'PAI-DLC', requestId });
  return JSON.stringify({
    Code: code,
    Message: message,
    RequestId: requestId,
    HostId: host,
    Recommend: `https://api.aliyun.com/troubleshoot?${query}`,
  });
}
