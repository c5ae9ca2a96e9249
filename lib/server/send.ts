import 'server-only';
import { request as httpRequest, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { gunzipSync } from 'node:zlib';
import type { UnconfirmedReason } from '@/lib/problem';
import { connect } from './connect';

export type Attempt = {
  /** `https:`, or `http:` on loopback. Only its origin is used. */
  endpoint: URL;
  method: string;
  /** The path with its query, encoded as it was signed. */
  target: string;
  /** Complete and signed; content-length is added here. */
  headers: Record<string, string>;
  body: string | Buffer;
  /** When the headers were signed. A request that cannot be written soon after is given up unsent. */
  signedAt: Date;
  /** For the whole exchange, from the first look-up to the last byte. */
  deadlineMs: number;
  signal?: AbortSignal | undefined;
  /** Certificate authorities (PEM) to trust instead of Node's own. */
  ca?: string | undefined;
};

type NoAnswerReason = Extract<
  UnconfirmedReason,
  'timeout' | 'reset' | 'truncated' | 'too-large' | 'not-json' | 'interrupted'
>;

/** `not-sent` promises that no byte of the request left; `no-answer` promises nothing. */
export type Exchange =
  | { kind: 'answer'; status: number; headers: IncomingHttpHeaders; text: string }
  | { kind: 'not-sent'; reason: string }
  | { kind: 'no-answer'; reason: NoAnswerReason };

const maxAnswerBytes = 8 * 1024 * 1024;

// A process that slept between signing and writing must not deliver: recovery counts from the time of signing.
const maxSignedMs = 5_000;

/** One HTTP request on a connection of its own; never repeated, never redirected. Expected failures are values. */
export async function send(attempt: Attempt): Promise<Exchange> {
  const startedAt = Date.now();
  const waitMs = Math.min(maxSignedMs - (startedAt - attempt.signedAt.getTime()), attempt.deadlineMs);
  if (waitMs <= 0) return { kind: 'not-sent', reason: 'signed-too-long-ago' };
  const connected = await connect(attempt.endpoint, { waitMs, signal: attempt.signal, ca: attempt.ca });
  if (!connected.ok) return { kind: 'not-sent', reason: connected.problem };
  const socket = connected.value;
  // Not one await between here and the write: the answer to "was anything sent?" turns on it.
  if (attempt.signal?.aborted || Math.abs(Date.now() - attempt.signedAt.getTime()) > maxSignedMs) {
    socket.destroy();
    return { kind: 'not-sent', reason: attempt.signal?.aborted ? 'aborted' : 'signed-too-long-ago' };
  }
  return exchange(socket, attempt, attempt.deadlineMs - (Date.now() - startedAt));
}

function exchange(socket: Socket, attempt: Attempt, remainingMs: number): Promise<Exchange> {
  return new Promise((resolve) => {
    const finish = (result: Exchange): void => {
      clearTimeout(timer);
      attempt.signal?.removeEventListener('abort', interrupt);
      socket.destroy();
      resolve(result);
    };
    const giveUp = (reason: NoAnswerReason): void => finish({ kind: 'no-answer', reason });
    const interrupt = (): void => giveUp('interrupted');
    const timer = setTimeout(() => giveUp('timeout'), Math.max(0, remainingMs));
    attempt.signal?.addEventListener('abort', interrupt, { once: true });

    const request = httpRequest({
      method: attempt.method,
      path: attempt.target,
      headers: {
        ...attempt.headers,
        'accept-encoding': 'identity',
        ...(attempt.method === 'GET' ? {} : { 'content-length': Buffer.byteLength(attempt.body) }),
      },
      // With createConnection and no agent the socket serves this request alone.
      createConnection: () => socket,
    });
    request.on('error', (error: NodeJS.ErrnoException) => giveUp(toReason(error)));
    let answered = false;
    request.on('response', (response) => {
      answered = true;
      collect(response, finish);
    });
    // Comes before the end of an answer that has begun; `collect` has the say over that one.
    request.on('close', () => !answered && giveUp('reset'));
    request.end(attempt.body);
  });
}

function toReason({ code = '' }: NodeJS.ErrnoException): NoAnswerReason {
  if (code === 'HPE_HEADER_OVERFLOW') return 'too-large';
  return code.startsWith('HPE_') ? 'not-json' : 'reset';
}

function collect(response: IncomingMessage, finish: (result: Exchange) => void): void {
  const chunks: Buffer[] = [];
  let bytes = 0;
  response.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    chunks.push(chunk);
    if (bytes > maxAnswerBytes) finish({ kind: 'no-answer', reason: 'too-large' });
  });
  response.on('error', () => {});
  response.on('close', () => finish({ kind: 'no-answer', reason: 'truncated' }));
  response.on('end', () => {
    if (!response.complete) return finish({ kind: 'no-answer', reason: 'truncated' });
    const { statusCode: status = 0, headers } = response;
    try {
      const body = Buffer.concat(chunks);
      // Some gateways compress without being asked to.
      const plain =
        headers['content-encoding'] === 'gzip' ? gunzipSync(body, { maxOutputLength: maxAnswerBytes }) : body;
      finish({ kind: 'answer', status, headers, text: plain.toString('utf8') });
    } catch (error) {
      const tooLarge = error instanceof RangeError;
      finish({ kind: 'no-answer', reason: tooLarge ? 'too-large' : 'truncated' });
    }
  });
}
