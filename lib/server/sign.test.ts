import { describe, expect, it } from 'vitest';
import { sha256, sign, signCanonical, toQueryString } from './sign';

const dlc = {
  host: 'pai-dlc.cn-hangzhou.aliyuncs.com',
  credentials: { accessKeyId: 'testid', accessKeySecret: 'testsecret' },
  time: new Date('2024-01-01T00:00:00.789Z'),
  nonce: '0123456789abcdef0123456789abcdef',
};

const emptyHash = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';

function hashAndSignature(headers: Record<string, string>, request: Parameters<typeof sign>[0]) {
  const { Authorization, ...others } = headers;
  const payloadHash = sha256(request.body);
  const { canonicalHash } = signCanonical(
    { ...request, headers: Object.entries(others), payloadHash },
    dlc.credentials,
  );
  return [canonicalHash, Authorization?.split('Signature=')[1]];
}

describe('the published vectors', () => {
  it('V3-1: RunInstances of the vendor’s own page', () => {
    const { canonicalHash, signature } = signCanonical(
      {
        method: 'POST',
        path: '/',
        query: {
          RegionId: 'cn-shanghai',
          ImageId: 'win2019_1809_x64_dtc_zh-cn_40G_alibase_20230811.vhd',
        },
        headers: [
          ['host', 'ecs.cn-shanghai.aliyuncs.com'],
          ['x-acs-action', 'RunInstances'],
          ['x-acs-content-sha256', emptyHash],
          ['x-acs-date', '2023-10-26T10:22:32Z'],
          ['x-acs-signature-nonce', '3156853299f313e23d1673dc12e1703d'],
          ['x-acs-version', '2014-05-26'],
          ['user-agent', 'is not signed'],
        ],
        payloadHash: emptyHash,
      },
      { accessKeyId: 'YourAccessKeyId', accessKeySecret: 'YourAccessKeySecret' },
    );
    expect(canonicalHash).toBe('7ea06492da5221eba5297e897ce16e55f964061054b7695beedaac1145b1e259');
    expect(signature).toBe('06563a9e1b43f5dfe96b81484da74bceab24a1d853912eee15083a6f0f3283c0');
  });

  it.each([
    [
      'V3-2: header values that repeat',
      '/',
      'd16b30a7699ae9e43875b13195b2f81bcc3ed10c14a9b5eb780e51619aa50be1',
    ],
    ['V3-3: an empty path', '', '910e59dd385879346de704a06c96613f8157aa7124e6d1c4f2bdffa1e5588187'],
  ])('%s', (_name, path, expected) => {
    const { authorization, signature } = signCanonical(
      {
        method: 'GET',
        path,
        query: { test: 'ok', empty: '' },
        headers: [
          ['x-acs-TEST', 'https'],
          ['x-acs-test', 'http'],
        ],
        payloadHash: '55e12e91650d2fec56ec74e1d3e4ddbfce2ef3a65890c2a19ecf88a307e76a23',
      },
      { accessKeyId: 'acesskey', accessKeySecret: 'secret' },
    );
    expect(signature).toBe(expected);
    expect(authorization).toBe(
      `ACS3-HMAC-SHA256 Credential=acesskey,SignedHeaders=x-acs-test,Signature=${expected}`,
    );
  });
});

describe('the regression pair of DLC', () => {
  it('D-1: CreateJob with a body', () => {
    const request = {
      method: 'POST',
      path: '/api/v1/jobs',
      query: {},
      headers: { 'content-type': 'application/json; charset=utf-8', accept: 'application/json' },
      body: '{"DisplayName":"t","JobType":"PyTorchJob","JobSpecs":[{"Type":"Worker","Image":"img","PodCount":1,"EcsSpec":"ecs.g6.large"}],"UserCommand":"true","WorkspaceId":"1"}',
      action: 'CreateJob',
      host: dlc.host,
    };
    const headers = sign(request, dlc.credentials, dlc.time, dlc.nonce);
    expect(headers['x-acs-content-sha256']).toBe(
      '779aef056b32836771dfe1d9ac0a021d51cf3db1268ec450e96661d9f6937d56',
    );
    expect(hashAndSignature(headers, request)).toEqual([
      'e4918e220c17a19704d1799be38c447c04493c0ab1dfa636dbc04f0a1a6fe2f4',
      'dd9e59af00276ecfca1c8f22cbb4101cc6012d0287713074e6f742fd8a58a555',
    ]);
  });

  it('D-2: ListJobs with a query that needs encoding', () => {
    const request = {
      method: 'GET',
      path: '/api/v1/jobs',
      query: {
        WorkspaceId: '1',
        Tags: '{"k":"a b"}',
        ShowOwn: 'true',
        PageSize: '100',
        PageNumber: '1',
        DisplayName: 'x~y*z',
      },
      headers: {},
      body: '',
      action: 'ListJobs',
      host: dlc.host,
    };
    expect(toQueryString(request.query)).toBe(
      'DisplayName=x~y%2Az&PageNumber=1&PageSize=100&ShowOwn=true&Tags=%7B%22k%22%3A%22a%20b%22%7D&WorkspaceId=1',
    );
    expect(hashAndSignature(sign(request, dlc.credentials, dlc.time, dlc.nonce), request)).toEqual([
      '213df4abf8c5fd724da80e3bb23b26bb2c97fd3bb407787049d4b5d6fff5b12f',
      '72a00fbdf0ef95439d0a12e4dd0993e1f124b7f36c8984e28828194639534973',
    ]);
  });
});

describe('temporary credentials', () => {
  it('sends and signs the key id and the token', () => {
    const headers = sign(
      { method: 'GET', path: '/', query: {}, headers: {}, body: '', action: 'ListJobs', host: 'h' },
      { ...dlc.credentials, securityToken: 'token' },
      dlc.time,
      dlc.nonce,
    );
    expect(headers).toMatchObject({ 'x-acs-accesskey-id': 'testid', 'x-acs-security-token': 'token' });
    expect(headers.Authorization).toContain(
      'SignedHeaders=host;x-acs-accesskey-id;x-acs-action;x-acs-content-sha256;x-acs-date;x-acs-security-token;x-acs-signature-nonce;x-acs-version,',
    );
  });
});
