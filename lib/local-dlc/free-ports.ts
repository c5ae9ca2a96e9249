import { once } from 'node:events';
import { createServer, type Server } from 'node:net';

/** Ports of 127.0.0.1 that nobody listens on now and that are not `taken`; all of them different. */
export async function findFreePorts(
  count: number,
  taken: ReadonlySet<number> = new Set(),
): Promise<number[]> {
  const servers: Server[] = [];
  const ports: number[] = [];
  try {
    while (ports.length < count) {
      const server = createServer().listen(0, '127.0.0.1');
      servers.push(server);
      await once(server, 'listening');
      const address = server.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      // What is taken stays open until the end, or it would be offered again.
      if (!taken.has(port)) ports.push(port);
    }
    return ports;
  } finally {
    for (const server of servers) server.close();
  }
}
