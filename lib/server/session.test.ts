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

  it('says so after ten wrong ones within a minute, and always lets the right one in', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    expect(await checkToken(session.token, session, 0)).toBe('right');
    for (let count = 0; count < 10; count++) expect(await checkToken('guess', session, 0)).toBe('wrong');
    expect(await checkToken('guess', session, 0)).toBe('too-many-attempts');
    expect(await checkToken(session.token, session, 0)).toBe('right');
    vi.advanceTimersByTime(61_000);
    expect(await checkToken([session.token], session, 0)).toBe('wrong');
    expect(await checkToken(session.token, session, 0)).toBe('right');
    vi.useRealTimers();
  });

  it('costs time wherever it is wrong, beyond the limit too', async () => {
    for (let count = 0; count < 12; count++) await checkToken('guess', session, 0);
    const since = performance.now();
    expect(await checkToken('guess', session, 60)).toBe('too-many-attempts');
    expect(performance.now() - since).toBeGreaterThan(50);
  });
});
