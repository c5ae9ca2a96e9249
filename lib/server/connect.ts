import 'server-only';
import { isIP, connect as netConnect, type Socket } from 'node:net';
import { connect as tlsConnect } from 'node:tls';
import { fail, ok, type Result } from '@/lib/result';

type Options = { waitMs: number; signal?: AbortSignal | undefined; ca?: string | undefined };

/** A socket ready to be written to (TLS established and verified), or a short machine word for why there is none. */
export function connect(endpoint: URL, { waitMs, signal, ca }: Options): Promise<Result<Socket, string>> {
  return new Promise((resolve) => {
    const secure = endpoint.protocol === 'https:';
    const host = endpoint.hostname.replace(/^\[(.*)\]$/, '$1');
    const port = Number(endpoint.port) || (secure ? 443 : 80);
    const socket = secure
      ? tlsConnect({
          host,
          port,
          ALPNProtocols: ['http/1.1'],
          ...(isIP(host) ? {} : { servername: host }),
          ...(ca === undefined ? {} : { ca }),
        })
      : netConnect({ host, port });

    const settle = (result: Result<Socket, string>): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', abort);
      if (!result.ok) socket.destroy();
      resolve(result);
    };
    const abort = (): void => settle(fail('aborted'));
    const timer = setTimeout(() => settle(fail('timeout')), waitMs);
    signal?.addEventListener('abort', abort, { once: true });
    if (signal?.aborted) abort();

    socket.setNoDelay(true);
    // Stays attached: an error between here and the request's own listener must not bring the process down.
    socket.on('error', (error: NodeJS.ErrnoException) => settle(fail(error.code ?? 'connect-failed')));
    socket.once('close', () => settle(fail('closed')));
    socket.once(secure ? 'secureConnect' : 'connect', () => settle(ok(socket)));
  });
}
