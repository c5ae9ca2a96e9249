import { describe, expect, it } from 'vitest';
import { toAnswer } from './dlc-answer';

const secrets = ['the-access-key-secret', 'the-security-token'];
const write = { action: 'CreateJob', isWrite: true, secrets };
const read = { action: 'GetJob', isWrite: false, secrets };

function answer(status: number, body: unknown, headers = {}) {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return { kind: 'answer' as const, status, headers, text };
}

function error(status: number, code: string, more: object = {}, headers = {}) {
  return answer(status, { Code: code, Message: 'Said.', RequestId: 'R-1', ...more }, headers);
}

describe('surely nothing was done', () => {
  it('when nothing was sent', () => {
    expect(toAnswer({ kind: 'not-sent', reason: 'ENOTFOUND' }, write)).toEqual({
      ok: false,
      problem: { kind: 'unreachable', reason: 'ENOTFOUND' },
    });
  });

  it.each([
    [400, 'InvalidParameter', 'refused'],
    [400, 'MissingWorkspaceId', 'refused'],
    [404, 'NotFound', 'refused'],
    [429, 'Throttling.User', 'refused'],
    [404, 'InvalidAccessKeyId.NotFound', 'denied'],
    [400, 'InvalidAccessKeyId.Inactive', 'denied'],
    [403, 'SignatureDoesNotMatch', 'denied'],
    [400, 'IncompleteSignature', 'denied'],
    [400, 'InvalidSecurityToken.Expired', 'denied'],
    [400, 'InvalidTimeStamp.Expired', 'denied'],
    [403, 'Forbidden', 'denied'],
    [403, 'Forbidden.RAM', 'denied'],
    [403, 'NoPermission', 'denied'],
    [400, 'ForbiddenParameter', 'refused'],
  ])('%i %s is %s', (status, code, kind) => {
    expect(toAnswer(error(status, code), write)).toMatchObject({
      ok: false,
      problem: { kind, api: { status, code, message: 'Said.', requestId: 'R-1' } },
    });
  });

  it('in the lower-case spelling, with the request id in the header', () => {
    const said = answer(400, { code: 'Bad', message: 'm' }, { 'x-acs-request-id': 'H-1' });
    expect(toAnswer(said, write)).toEqual({
      ok: false,
      problem: { kind: 'refused', api: { status: 400, code: 'Bad', message: 'm', requestId: 'H-1' } },
    });
  });
});

describe('a write is left open', () => {
  it.each([
    ['a used nonce', error(400, 'SignatureNonceUsed'), 'server-error'],
    ['408', error(408, 'RequestTimeout'), 'server-error'],
    ['409', error(409, 'Conflict'), 'server-error'],
    ['499', error(499, 'ClientClosed'), 'server-error'],
    ['500 with words', error(500, 'InternalError'), 'server-error'],
    ['503 with words', error(503, 'ServiceUnavailable'), 'server-error'],
    ['502 in HTML', answer(502, '<html>'), 'server-error'],
    ['504 without a word', answer(504, ''), 'server-error'],
    ['4xx in HTML', answer(403, '<html>'), 'not-json'],
    ['4xx without a code', answer(400, { RequestId: 'R-1' }), 'server-error'],
    ['4xx without a request id', answer(400, { Code: 'Bad' }), 'server-error'],
    ['a redirect', answer(307, ''), 'redirect'],
    ['200 without a word', answer(200, ''), 'not-json'],
    ['200 in HTML', answer(200, '<html>'), 'not-json'],
    ['200 in XML', answer(200, '<Error/>'), 'not-json'],
    ['200 with a list', answer(200, '[]'), 'not-json'],
  ])('by %s', (_name, said, reason) => {
    expect(toAnswer(said, write)).toMatchObject({ ok: false, problem: { kind: 'unconfirmed', reason } });
  });

  it.each(['timeout', 'reset', 'truncated', 'too-large'] as const)('by no answer: %s', (reason) => {
    expect(toAnswer({ kind: 'no-answer', reason }, write)).toEqual({
      ok: false,
      problem: { kind: 'unconfirmed', reason },
    });
  });

  it('and what the API said about it is kept', () => {
    expect(toAnswer(error(500, 'InternalError'), write)).toMatchObject({
      problem: { api: { status: 500, code: 'InternalError', requestId: 'R-1' } },
    });
  });

  it('but a read is not: it is refused', () => {
    for (const said of [error(409, 'Conflict'), error(400, 'SignatureNonceUsed')])
      expect(toAnswer(said, read)).toMatchObject({ problem: { kind: 'refused' } });
  });
});

describe('what the API said', () => {
  const apiOf = (said: ReturnType<typeof answer>) => {
    const result = toAnswer(said, write);
    return !result.ok && 'api' in result.problem ? result.problem.api : undefined;
  };

  it.each([
    ['its detail', { AccessDeniedDetail: { AuthAction: 'paidlc:GetTensorboard' } }, 'paidlc:GetTensorboard'],
    ['its message', { Message: 'You need paidlc:CreateJob on acs:*' }, 'paidlc:CreateJob'],
    ['the operation', { AccessDeniedDetail: 'odd' }, 'paidlc:CreateJob'],
  ])('names the missing permission by %s', (_name, more, action) => {
    expect(apiOf(error(403, 'Forbidden.RAM', more))?.action).toBe(action);
  });

  it('names no permission where none is missing', () => {
    for (const code of ['Forbidden.RiskControl', 'InvalidAccessKeyId.Inactive', 'BadRequest'])
      expect(apiOf(error(403, code))).not.toHaveProperty('action');
  });

  it.each([
    ['rounded up from milliseconds', { 'x-acs-retry-after': '2500' }, 'Throttling', 3],
    ['60 by default', {}, 'Throttling.Api', 60],
    ['60 where it makes no sense', { 'x-acs-retry-after': 'soon' }, 'Throttling', 60],
    ['none for another code', {}, 'BadRequest', undefined],
  ])('seconds to wait: %s', (_name, headers, code, seconds) => {
    expect(apiOf(error(400, code, {}, headers))?.retryAfterSeconds).toBe(seconds);
  });

  it.each([
    ['https://api.aliyun.com/troubleshoot?q=Bad', true],
    ['http://api.aliyun.com/', false],
    ['javascript:alert(1)', false],
    ['', false],
  ])('help page %s kept: %s', (Recommend, kept) => {
    expect(apiOf(error(400, 'Bad', { Recommend }))?.recommend).toBe(kept ? Recommend : undefined);
  });

  it('holds no secret and no string to sign', () => {
    const Message = `Specified signature is not matched with our calculation. server string to sign is:POST\n/api\nx-acs-security-token:the-security-token\n${'ab'.repeat(32)}`;
    expect(apiOf(error(400, 'SignatureDoesNotMatch', { Message }))?.message).toBe(
      'Specified signature is not matched with our calculation.',
    );
    const leak = { Message: 'The key the-access-key-secret and the-security-token are odd.' };
    expect(apiOf(error(400, 'Bad', leak))?.message).toBe('The key *** and *** are odd.');
  });

  it('is bounded', () => {
    const said = apiOf(error(400, 'C'.repeat(9_000), { Message: 'm'.repeat(9_000) }));
    expect([said?.code.length, said?.message.length]).toEqual([200, 2_000]);
  });
});
