import { timingSafeEqual } from 'node:crypto';
import { type Refusal, refuse, refuseParameter } from './answer';
import {
  canonicalRequest,
  parseQuery,
  type RawRequest,
  sha256Hex,
  signatureOf,
  stringToSign,
} from './canonical-request';

export type Verifier = {
  accessKeyId: string;
  accessKeySecret: string;
  now: number;
  signatureLifeMs: number;
  /** Takes a nonce for as long as its signature lives; false where it was taken before. */
  takeNonce(nonce: string, expiresAt: number): boolean;
};

const required = [
  ['authorization', 'MissingAuthorization'],
  ['x-acs-action', 'MissingAction'],
  ['x-acs-version', 'MissingVersion'],
  ['x-acs-date', 'MissingTimestamp'],
  ['x-acs-signature-nonce', 'MissingSignatureNonce'],
  ['x-acs-content-sha256', 'MissingContentSha256'],
] as const;

const authorizationPattern =
  /^ACS3-HMAC-SHA256 +Credential=([^,\s]+), *SignedHeaders=([a-z0-9;-]+), *Signature=([0-9a-fA-F]{64})$/;

/** undefined where the request is signed by the key's owner, is fresh and was not seen before (dlc-api.md §5.2). */
export function verifySignature(request: RawRequest, verifier: Verifier): Refusal | undefined {
  const header = (name: string): string => request.headers.get(name)?.[0]?.trim() ?? '';
  for (const [name, code] of required) {
    if (header(name) === '') return refuse(400, code, `The request has no header ${name}.`);
    if (request.headers.get(name)?.length !== 1)
      return refuse(400, 'IncompleteSignature', `The request has the header ${name} more than once.`);
  }
  const parsed = parseAuthorization(header('authorization'));
  if ('refusal' in parsed) return parsed.refusal;
  const unsigned = [...request.headers.keys()].filter(
    (name) => mustBeSigned(name) && !parsed.signedHeaders.includes(name),
  );
  if (!parsed.signedHeaders.includes('host') || unsigned.length > 0)
    return refuse(
      400,
      'IncompleteSignature',
      `SignedHeaders lacks ${unsigned.length > 0 ? unsigned.sort().join(', ') : 'host'}.`,
    );

  const signedAt = parseTimestamp(header('x-acs-date'));
  if (signedAt === undefined)
    return refuse(400, 'InvalidTimeStamp.Format', 'x-acs-date must have the form yyyy-MM-ddTHH:mm:ssZ.');
  if (Math.abs(verifier.now - signedAt) > verifier.signatureLifeMs)
    return refuse(400, 'InvalidTimeStamp.Expired', 'Specified time stamp or date value is expired.');
  if (parsed.accessKeyId !== verifier.accessKeyId)
    return refuse(404, 'InvalidAccessKeyId.NotFound', 'Specified access key is not found.');

  const query = parseQuery(request.query);
  if (!query) return refuseParameter('The query string holds a broken percent-escape.');
  const payloadHash = sha256Hex(request.body);
  const toSign = stringToSign(canonicalRequest(request, query, parsed.signedHeaders, payloadHash));
  const expected = signatureOf(toSign, verifier.accessKeySecret);
  const given = parsed.signature.toLowerCase();
  const hashAgrees = header('x-acs-content-sha256').toLowerCase() === payloadHash;
  // Both are 64 hexadecimal digits by now, so timingSafeEqual cannot throw on their lengths.
  if (!hashAgrees || !timingSafeEqual(Buffer.from(expected), Buffer.from(given)))
    return refuse(
      400,
      'SignatureDoesNotMatch',
      `Specified signature is not matched with our calculation. server string to sign is:${toSign}`,
    );

  // Last, so that a request nobody signed cannot use up a nonce. A date ahead of our clock stays good for longer.
  const nonce = header('x-acs-signature-nonce');
  if (nonce.length > 256) return refuseParameter('x-acs-signature-nonce is longer than 256 characters.');
  if (!verifier.takeNonce(nonce, signedAt + verifier.signatureLifeMs))
    return refuse(400, 'SignatureNonceUsed', 'Specified signature nonce was used already.');
  return undefined;
}

function mustBeSigned(name: string): boolean {
  return name === 'host' || name === 'content-type' || name.startsWith('x-acs-');
}

type Authorization = { accessKeyId: string; signedHeaders: string[]; signature: string };

function parseAuthorization(value: string): Authorization | { refusal: Refusal } {
  if (!value.startsWith('ACS3-HMAC-SHA256 '))
    return {
      refusal: refuse(400, 'InvalidSignatureMethod', 'Authorization must begin with ACS3-HMAC-SHA256.'),
    };
  const [, accessKeyId, signedHeaders, signature] = authorizationPattern.exec(value) ?? [];
  if (!accessKeyId || !signedHeaders || !signature)
    return {
      refusal: refuse(
        400,
        'IncompleteSignature',
        'Authorization must have the form ACS3-HMAC-SHA256 Credential=…,SignedHeaders=…,Signature=….',
      ),
    };
  return { accessKeyId, signedHeaders: signedHeaders.split(';'), signature };
}

function parseTimestamp(value: string): number | undefined {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(value)) return undefined;
  const at = Date.parse(value);
  return Number.isNaN(at) ? undefined : at;
}
