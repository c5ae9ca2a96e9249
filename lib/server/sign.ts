import 'server-only';
import { createHash, createHmac } from 'node:crypto';

export type Credentials = { accessKeyId: string; accessKeySecret: string; securityToken?: string };

export type SignableRequest = {
  method: string;
  /** Percent-encoded already. */
  path: string;
  /** Plain names and values; they are encoded here and nowhere else. */
  query: Record<string, string>;
  headers: Record<string, string>;
  body: string | Buffer;
  /** The API's name of the operation, e.g. `CreateJob`. */
  action: string;
  /** Of the product that is asked; PAI-DLC's where nothing is said. */
  version?: string;
  /** As in the Host header, with the port where it is not the default one. */
  host: string;
};

type Canonical = Pick<SignableRequest, 'method' | 'path' | 'query'> & {
  /** Pairs, because a name may come more than once, in any case. */
  headers: [string, string][];
  payloadHash: string;
};

const algorithm = 'ACS3-HMAC-SHA256';
const apiVersion = '2020-12-03';

export function sha256(data: string | Buffer): string {
  return createHash('sha256').update(data).digest('hex');
}

/** RFC 3986: everything but letters, digits and `-_.~` is encoded; encodeURIComponent leaves `!'()*` as they are. */
function encode(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

const byName = ([a]: [string, unknown], [b]: [string, unknown]): number => (a < b ? -1 : a > b ? 1 : 0);

/** The query as it is signed and as it must be sent; an empty value stays as `name=`. */
export function toQueryString(query: Record<string, string>): string {
  return Object.entries(query)
    .sort(byName)
    .map(([name, value]) => `${encode(name)}=${encode(value)}`)
    .join('&');
}

/** ACS3-HMAC-SHA256 over a path and headers that are complete (dlc-api.md §5.2); the hash is what the vendor publishes. */
export function signCanonical(request: Canonical, { accessKeyId, accessKeySecret }: Credentials) {
  const merged = new Map<string, string[]>();
  for (const [name, value] of request.headers) {
    const lower = name.toLowerCase();
    if (lower !== 'host' && lower !== 'content-type' && !lower.startsWith('x-acs-')) continue;
    merged.set(lower, [...(merged.get(lower) ?? []), value.trim()]);
  }
  const headers = [...merged].sort(byName);
  const signedHeaders = headers.map(([name]) => name).join(';');
  const canonicalRequest = [
    request.method,
    request.path,
    toQueryString(request.query),
    headers.map(([name, values]) => `${name}:${values.sort().join(',')}\n`).join(''),
    signedHeaders,
    request.payloadHash,
  ].join('\n');
  const canonicalHash = sha256(canonicalRequest);
  const signature = createHmac('sha256', accessKeySecret)
    .update(`${algorithm}\n${canonicalHash}`)
    .digest('hex');
  const authorization = `${algorithm} Credential=${accessKeyId},SignedHeaders=${signedHeaders},Signature=${signature}`;
  return { canonicalHash, signature, authorization };
}

/** The headers to send with a request to DLC: those given, host, the x-acs-* ones and Authorization. */
export function sign(
  request: SignableRequest,
  credentials: Credentials,
  time: Date,
  nonce: string,
): Record<string, string> {
  const payloadHash = sha256(request.body);
  const headers: Record<string, string> = {
    ...request.headers,
    host: request.host,
    'x-acs-action': request.action,
    'x-acs-version': request.version ?? apiVersion,
    'x-acs-date': time.toISOString().replace(/\.\d{3}Z$/, 'Z'),
    'x-acs-signature-nonce': nonce,
    'x-acs-content-sha256': payloadHash,
  };
  if (credentials.securityToken !== undefined) {
    headers['x-acs-accesskey-id'] = credentials.accessKeyId;
    headers['x-acs-security-token'] = credentials.securityToken;
  }
  const { authorization } = signCanonical(
    { ...request, path: request.path || '/', headers: Object.entries(headers), payloadHash },
    credentials,
  );
  return { ...headers, Authorization: authorization };
}
