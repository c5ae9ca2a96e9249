import { createHash, createHmac } from 'node:crypto';

/** A request as it came over the wire. `path` and `query` are undecoded; header names are lower-case, values in order of arrival. */
export type RawRequest = {
  method: string;
  path: string;
  query: string;
  headers: Map<string, string[]>;
  body: Buffer;
};

export type QueryPair = readonly [name: string, value: string];

function encode(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function compare(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}

/** The pairs of a raw query, decoded by RFC 3986 (`+` stays `+`); undefined where an escape is broken. */
export function parseQuery(raw: string): QueryPair[] | undefined {
  try {
    return raw
      .split('&')
      .filter((part) => part !== '')
      .map((part) => {
        const at = part.indexOf('=');
        const [name, value] = at < 0 ? [part, ''] : [part.slice(0, at), part.slice(at + 1)];
        return [decodeURIComponent(name), decodeURIComponent(value)] as const;
      });
  } catch {
    return undefined;
  }
}

function canonicalQuery(pairs: QueryPair[]): string {
  return [...pairs]
    .sort((left, right) => compare(left[0], right[0]) || compare(left[1], right[1]))
    .map(([name, value]) => `${encode(name)}=${encode(value)}`)
    .join('&');
}

export function sha256Hex(bytes: Buffer | string): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** dlc-api.md §5.2, step 2. `signedHeaders` are the names the request says it signed, in its order. */
export function canonicalRequest(
  request: Pick<RawRequest, 'method' | 'path' | 'headers'>,
  query: QueryPair[],
  signedHeaders: string[],
  payloadHash: string,
): string {
  const headers = signedHeaders.map((name) => {
    const values = (request.headers.get(name) ?? []).map((value) => value.trim()).sort();
    return `${name}:${values.join(',')}\n`;
  });
  return [
    request.method,
    request.path,
    canonicalQuery(query),
    headers.join(''),
    signedHeaders.join(';'),
    payloadHash,
  ].join('\n');
}

export function stringToSign(canonical: string): string {
  return `ACS3-HMAC-SHA256\n${sha256Hex(canonical)}`;
}

export function signatureOf(text: string, accessKeySecret: string): string {
  return createHmac('sha256', accessKeySecret).update(text).digest('hex');
}
