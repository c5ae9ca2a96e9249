import { describe, expect, it, vi } from 'vitest';
import { checkToken, toNextPath } from './session';

describe('where to go after signing in', () => {
  it.each([
    ['/jobs?status=Running', '/jobs?status=Running'],
    ['/jobs/dlc1#x', '/jobs/dlc1'],
    ['//evil.com', '/'],
    ['/\\evil.com', '/'],
    ['/..//evil.com', '/'],
    ['/.//evil.com', '/'],
    ['/\t/evil.com', '/'],
    ['https://evil.com', '/'],
    ['javascript:alert(1)', '/'],
    ['', '/'],
    [undefined, '/'],
    [['/jobs'], '/'],
  ])('%o', (given, expected) => {
    expect(toNextPath(given)).toBe(expected);
  });
});

describe('the token', () => {
  const session = { port: 3000, origin: undefined, token: '0123456789abcdef' };

  it('shuts the door after ten wrong ones until a minute has gone by', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    expect(await checkToken(session.token, session, 0)).toBe('right');
    for (let count = 0; count < 10; count++) expect(await checkToken('guess', session, 0)).toBe('wrong');
    expect(await checkToken(session.token, session, 0)).toBe('too-many-attempts');
    vi.advanceTimersByTime(61_000);
    expect(await checkToken([session.token], session, 0)).toBe('wrong');
    expect(await checkToken(session.token, session, 0)).toBe('right');
    vi.useRealTimers();
  });
});
