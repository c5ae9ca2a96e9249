import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import {
  canonicalRequest,
  parseQuery,
  type RawRequest,
  signatureOf,
  stringToSign,
} from './canonical-request';
import { type SignedRequest, signRequest } from './test-client';
import { type Verifier, verifySignature } from './verify-signature';

const key = { accessKeyId: 'testid', accessKeySecret: 'testsecret' };
const host = 'pai-dlc.cn-hangzhou.aliyuncs.com';
const date = '2024-01-01T00:00:00Z';
const nonce = '0123456789abcdef0123456789abcdef';
const body =
  '{"DisplayName":"t","JobType":"PyTorchJob","JobSpecs":[{"Type":"Worker","Image":"img","PodCount":1,"EcsSpec":"ecs.g6.large"}],"UserCommand":"true","WorkspaceId":"1"}';

function newVerifier(changes: Partial<Verifier> = {}): Verifier {
  const seen = new Set<string>();
  return {
    ...key,
    now: Date.parse(date),
    signatureLifeMs: 15 * 60_000,
    takeNonce: (each) => !seen.has(each) && seen.add(each) !== undefined,
    ...changes,
  };
}

function toRaw(request: SignedRequest): RawRequest {
  const headers = new Map(Object.entries(request.headers).map(([name, value]) => [name, [value]]));
  return { ...request, headers, body: Buffer.from(request.body) };
}

/** D-1 and D-2 of dlc-api.md §5.2, with the signatures printed there. */
const published = {
  'D-1': {
    method: 'POST',
    query: '',
    action: 'CreateJob',
    type: 'application/json; charset=utf-8',
    body,
    signature: 'dd9e59af00276ecfca1c8f22cbb4101cc6012d0287713074e6f742fd8a58a555',
  },
  'D-2': {
    method: 'GET',
    query:
      'DisplayName=x~y%2Az&PageNumber=1&PageSize=100&ShowOwn=true&Tags=%7B%22k%22%3A%22a%20b%22%7D&WorkspaceId=1',
    action: 'ListJobs',
    type: undefined,
    body: '',
    signature: '72a00fbdf0ef95439d0a12e4dd0993e1f124b7f36c8984e28828194639534973',
  },
};

function publishedRequest(name: keyof typeof published): RawRequest {
  const vector = published[name];
  const headers: Record<string, string> = {
    host,
    'x-acs-action': vector.action,
    'x-acs-version': '2020-12-03',
    'x-acs-date': date,
    'x-acs-signature-nonce': nonce,
    'x-acs-content-sha256': createHash('sha256').update(vector.body).digest('hex'),
    ...(vector.type ? { 'content-type': vector.type } : {}),
  };
  const names = Object.keys(headers).sort().join(';');
  headers.authorization = `ACS3-HMAC-SHA256 Credential=testid,SignedHeaders=${names},Signature=${vector.signature}`;
  return toRaw({
    method: vector.method,
    path: '/api/v1/jobs',
    query: vector.query,
    headers,
    body: vector.body,
  });
}

function signed(changes: Partial<Parameters<typeof signRequest>[2]> = {}): RawRequest {
  const draft = { method: 'POST', action: 'CreateJob', body, query: { a: 'b c', z: '*' }, date, nonce };
  return toRaw(signRequest(key, host, { ...draft, ...changes }));
}

function withHeader(request: RawRequest, name: string, values: string[] | undefined): RawRequest {
  const headers = new Map(request.headers);
  if (values) headers.set(name, values);
  else headers.delete(name);
  return { ...request, headers };
}

describe('published vectors', () => {
  it.each(['D-1', 'D-2'] as const)('%s is accepted as printed', (name) => {
    expect(verifySignature(publishedRequest(name), newVerifier())).toBeUndefined();
  });

  it('V3-1 gives the printed hash and signature', () => {
    const headers = {
      host: 'ecs.cn-shanghai.aliyuncs.com',
      'x-acs-action': 'RunInstances',
      'x-acs-content-sha256': 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
      'x-acs-date': '2023-10-26T10:22:32Z',
      'x-acs-signature-nonce': '3156853299f313e23d1673dc12e1703d',
      'x-acs-version': '2014-05-26',
    };
    const query = 'RegionId=cn-shanghai&ImageId=win2019_1809_x64_dtc_zh-cn_40G_alibase_20230811.vhd';
    const canonical = canonicalRequest(
      { method: 'POST', path: '/', headers: new Map(Object.entries(headers).map(([k, v]) => [k, [v]])) },
      parseQuery(query) ?? [],
      Object.keys(headers),
      headers['x-acs-content-sha256'],
    );
    const toSign = stringToSign(canonical);
    expect(toSign).toBe('ACS3-HMAC-SHA256\n7ea06492da5221eba5297e897ce16e55f964061054b7695beedaac1145b1e259');
    expect(signatureOf(toSign, 'YourAccessKeySecret')).toBe(
      '06563a9e1b43f5dfe96b81484da74bceab24a1d853912eee15083a6f0f3283c0',
    );
  });

  it.each([
    ['V3-2', '/', 'd16b30a7699ae9e43875b13195b2f81bcc3ed10c14a9b5eb780e51619aa50be1'],
    ['V3-3', '', '910e59dd385879346de704a06c96613f8157aa7124e6d1c4f2bdffa1e5588187'],
  ])('%s joins repeated headers and keeps an empty value', (_name, path, signature) => {
    const canonical = canonicalRequest(
      { method: 'GET', path, headers: new Map([['x-acs-test', ['https', 'http']]]) },
      parseQuery('test=ok&empty') ?? [],
      ['x-acs-test'],
      '55e12e91650d2fec56ec74e1d3e4ddbfce2ef3a65890c2a19ecf88a307e76a23',
    );
    expect(signatureOf(stringToSign(canonical), 'secret')).toBe(signature);
  });
});

describe('a request changed after it was signed', () => {
  const good = signed();
  const cases: [string, RawRequest, string][] = [
    ['method', { ...good, method: 'PUT' }, 'SignatureDoesNotMatch'],
    ['path', { ...good, path: '/api/v1/jobs/' }, 'SignatureDoesNotMatch'],
    ['path spelled otherwise', { ...good, path: '/api/v1/%6aobs' }, 'SignatureDoesNotMatch'],
    ['query value', { ...good, query: 'a=b%20d&z=%2A' }, 'SignatureDoesNotMatch'],
    ['query name added', { ...good, query: 'a=b%20c&z=%2A&y=' }, 'SignatureDoesNotMatch'],
    ['space as plus', { ...good, query: 'a=b+c&z=%2A' }, 'SignatureDoesNotMatch'],
    ['broken escape', { ...good, query: 'a=%zz' }, 'InvalidParameter'],
    ['body', { ...good, body: Buffer.from(`${body} `) }, 'SignatureDoesNotMatch'],
    ['body hash', withHeader(good, 'x-acs-content-sha256', ['0'.repeat(64)]), 'SignatureDoesNotMatch'],
    ['host', withHeader(good, 'host', ['elsewhere']), 'SignatureDoesNotMatch'],
    ['content type', withHeader(good, 'content-type', ['text/plain']), 'SignatureDoesNotMatch'],
    ['action', withHeader(good, 'x-acs-action', ['DeleteJob']), 'SignatureDoesNotMatch'],
    ['nonce', withHeader(good, 'x-acs-signature-nonce', ['other']), 'SignatureDoesNotMatch'],
    ['nonce twice', withHeader(good, 'x-acs-signature-nonce', [nonce, nonce]), 'IncompleteSignature'],
    ['unsigned x-acs header', withHeader(good, 'x-acs-extra', ['1']), 'IncompleteSignature'],
    ['no authorization', withHeader(good, 'authorization', undefined), 'MissingAuthorization'],
    ['old scheme', withHeader(good, 'authorization', ['acs testid:sig']), 'InvalidSignatureMethod'],
    [
      'half an authorization',
      withHeader(good, 'authorization', ['ACS3-HMAC-SHA256 x']),
      'IncompleteSignature',
    ],
    ['no date', withHeader(good, 'x-acs-date', undefined), 'MissingTimestamp'],
    ['no nonce', withHeader(good, 'x-acs-signature-nonce', undefined), 'MissingSignatureNonce'],
    ['no action', withHeader(good, 'x-acs-action', undefined), 'MissingAction'],
    ['no version', withHeader(good, 'x-acs-version', undefined), 'MissingVersion'],
    ['no body hash', withHeader(good, 'x-acs-content-sha256', undefined), 'MissingContentSha256'],
  ];

  it.each(cases)('is refused: %s', (_what, request, code) => {
    expect(verifySignature(request, newVerifier())?.code).toBe(code);
  });

  it('is accepted where nothing was changed', () => {
    expect(verifySignature(good, newVerifier())).toBeUndefined();
  });

  it.each(['host', 'content-type', 'x-acs-date', 'x-acs-content-sha256', 'x-acs-action'])(
    'is refused where SignedHeaders lacks %s',
    (name) => {
      const refusal = verifySignature(signed({ unsigned: [name] }), newVerifier());
      expect(refusal).toMatchObject({ status: 400, code: 'IncompleteSignature' });
    },
  );
});

describe('who signed, and when', () => {
  it.each([
    ['16 minutes behind', '2023-12-31T23:44:00Z', 'InvalidTimeStamp.Expired'],
    ['16 minutes ahead', '2024-01-01T00:16:00Z', 'InvalidTimeStamp.Expired'],
    ['14 minutes behind', '2023-12-31T23:46:00Z', undefined],
    ['14 minutes ahead', '2024-01-01T00:14:00Z', undefined],
    ['in another form', 'Mon, 01 Jan 2024 00:00:00 GMT', 'InvalidTimeStamp.Format'],
    ['on a day that is none', '2024-13-01T00:00:00Z', 'InvalidTimeStamp.Format'],
  ])('a date %s', (_what, at, code) => {
    expect(verifySignature(signed({ date: at }), newVerifier())?.code).toBe(code);
  });

  it('takes a nonce once', () => {
    const verifier = newVerifier();
    expect(verifySignature(signed(), verifier)).toBeUndefined();
    expect(verifySignature(signed(), verifier)).toMatchObject({ status: 400, code: 'SignatureNonceUsed' });
  });

  it('does not let an unsigned request use up a nonce', () => {
    const verifier = newVerifier();
    verifySignature({ ...signed(), body: Buffer.from('x') }, verifier);
    expect(verifySignature(signed(), verifier)).toBeUndefined();
  });

  it('knows no other key', () => {
    expect(verifySignature(signed(), newVerifier({ accessKeyId: 'other' }))).toMatchObject({
      status: 404,
      code: 'InvalidAccessKeyId.NotFound',
    });
  });

  it('refuses a wrong secret with the string to sign and without the secret', () => {
    const refusal = verifySignature(signed(), newVerifier({ accessKeySecret: 'another-secret' }));
    expect(refusal?.code).toBe('SignatureDoesNotMatch');
    expect(refusal?.message).toMatch(/ACS3-HMAC-SHA256\n[0-9a-f]{64}$/);
    expect(refusal?.message).not.toContain('secret');
  });
});
