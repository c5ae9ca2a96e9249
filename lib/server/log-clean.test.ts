import { describe, expect, it } from 'vitest';
import { newCleaner } from './log-clean';

const clean = newCleaner(['k3y/with+odd&parts', 'abc']);

describe('a text for the log', () => {
  it.each([
    ['a known secret', 'sent k3y/with+odd&parts to it', 'sent *** to it'],
    ['a known secret in an address', `?q=${encodeURIComponent('k3y/with+odd&parts')}`, '?q=***'],
    ['a secret too short to be one, never', 'abcdef', 'abcdef'],
    ['the token of a link', 'GET /jobs?page=2&token=swordfish#x', 'GET /jobs?page=2&token=***#x'],
    ['the password of an address', 'postgres://me:sw@rd@db:5432/jobs', 'postgres://me:***@db:5432/jobs'],
    ['no port', 'http://127.0.0.1:3000/a@b', 'http://127.0.0.1:3000/a@b'],
    ['a bearer', 'authorization: Bearer swordfish-9', 'authorization: Bearer ***'],
    ['a signature', 'Credential=LTAI1,Signature=0123456789abcdef', 'Credential=LTAI1,Signature=***'],
    ['a session', 'cookie: a=1; jobwright-3000=sw0rd_fish-', 'cookie: a=1; jobwright-3000=***'],
    ['what moves the cursor', 'a\u009b2Jb\u2028c\u202ed', 'a\ufffd2Jb\ufffdc\ufffdd'],
  ])('%s', (_, given, expected) => {
    expect(clean.text(given)).toBe(expected);
  });

  it('is cut, after the secrets went', () => {
    expect(clean.text('x'.repeat(3_000))).toBe(`${'x'.repeat(2_000)}… (3000 characters)`);
    const straddling = `${'x'.repeat(1_990)}k3y/with+odd&parts`;
    expect(clean.text(straddling)).toBe(`${'x'.repeat(1_990)}***`);
  });
});

describe('fields for the log', () => {
  it.each([
    'Authorization',
    'proxy-authorization',
    'cookie',
    'Set-Cookie',
    'AccessKeySecret',
    'SecurityToken',
    'x-acs-security-token',
    'Password',
    'Auth',
    'token',
    'secrets',
  ])('%s is struck out at any depth, whatever it holds', (name) => {
    const made = clean.fields({ a: [{ [name]: 'swordfish', b: { [name]: ['swordfish'] } }] });
    expect(made).toEqual({ a: [{ [name]: '***', b: { [name]: '***' } }] });
  });

  it('are bounded in depth, number and length, and never throw', () => {
    const endless: Record<string, unknown> = { text: 'y'.repeat(5_000) };
    endless.self = endless;
    endless.many = Array.from({ length: 10_000 }, () => 'z'.repeat(10_000));
    const line = JSON.stringify(clean.fields(endless));
    expect(line.length).toBeLessThan(25_000);
    expect(line).toContain('…');
    const wide = [1, 2, 3, 4].reduce<unknown>((inner) => Array(60).fill(inner), 'w'.repeat(100));
    expect(JSON.stringify(clean.fields({ wide })).length).toBeLessThan(25_000);
    expect(clean.fields({ big: 1n, day: new Date(Number.NaN), key: Buffer.from('swordfish') })).toEqual({
      big: '1',
      day: null,
      key: '[bytes]',
    });
  });

  it('tell an error by its name, code, message and cause', () => {
    const error = Object.assign(
      new TypeError('at postgres://me:pw@db', { cause: new Error('k3y/with+odd&parts') }),
      {
        code: 'ECONNREFUSED',
      },
    );
    expect(clean.fields({ error })).toMatchObject({
      error: {
        name: 'TypeError',
        code: 'ECONNREFUSED',
        message: 'at postgres://me:***@db',
        cause: { message: '***' },
      },
    });
    expect(JSON.stringify(clean.fields({ error }))).not.toContain('k3y');
  });
});
