import type { IncomingMessage } from 'node:http';
import { type Read, refuse } from './answer';
import type { RawRequest } from './canonical-request';

/** More than the API takes: a body between the two gets the API's own refusal, a longer one is not kept. */
const maxBodyBytes = 1024 * 1024;

/** The request as the wire had it. node's `headers` joins repeated ones its own way, hence the raw list. */
export async function readRequest(incoming: IncomingMessage): Promise<Read<RawRequest>> {
  const headers = new Map<string, string[]>();
  for (let at = 0; at + 1 < incoming.rawHeaders.length; at += 2) {
    const name = (incoming.rawHeaders[at] ?? '').toLowerCase();
    headers.set(name, [...(headers.get(name) ?? []), incoming.rawHeaders[at + 1] ?? '']);
  }
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of incoming) {
    length += chunk.length;
    // Read on but keep nothing: a client that still writes would lose the answer.
    if (length <= maxBodyBytes) chunks.push(chunk);
  }
  if (length > maxBodyBytes)
    return {
      refusal: refuse(400, 'RequestTooLarge', `The request body is larger than ${maxBodyBytes} bytes.`),
    };
  const url = incoming.url ?? '/';
  const at = url.indexOf('?');
  const [path, query] = at < 0 ? [url, ''] : [url.slice(0, at), url.slice(at + 1)];
  return { value: { method: incoming.method ?? '', path, query, headers, body: Buffer.concat(chunks) } };
}
