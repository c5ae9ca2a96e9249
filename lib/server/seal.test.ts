import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { newSealer, readSecretKey } from './seal';

describe('a sealer', () => {
  const sealer = newSealer(Buffer.alloc(32, 1));

  it('opens what it sealed', () => {
    for (const text of ['', 'pässword', 'x'.repeat(70_000)])
      expect(sealer.open(sealer.seal(text, 'a'), 'a')).toBe(text);
  });

  it('seals the same text differently each time', () => {
    expect(sealer.seal('text', 'a')).not.toBe(sealer.seal('text', 'a'));
  });

  it.each([
    ['another context', (sealed: string) => sealer.open(sealed, 'b')],
    ['another key', (sealed: string) => newSealer(Buffer.alloc(32, 2)).open(sealed, 'a')],
    ['a changed byte', (sealed: string) => sealer.open(`${sealed.slice(0, -2)}AA`, 'a')],
    ['a cut tag', (sealed: string) => sealer.open(sealed.slice(0, 24), 'a')],
    ['nothing', () => sealer.open('', 'a')],
  ])('does not open with %s', (_name, open) => {
    expect(() => open(sealer.seal('a longer text', 'a'))).toThrow('cannot be opened');
  });

  it('fingerprints by its key', () => {
    expect(sealer.fingerprint('a')).toBe(newSealer(Buffer.alloc(32, 1)).fingerprint('a'));
    expect(sealer.fingerprint('a')).not.toBe(sealer.fingerprint('b'));
    expect(sealer.fingerprint('a')).not.toBe(newSealer(Buffer.alloc(32, 2)).fingerprint('a'));
  });

  it('wants 32 bytes', () => {
    expect(() => newSealer(Buffer.alloc(31))).toThrow('32 bytes');
  });
});

describe('the secret key', () => {
  let dataDir = '';
  beforeEach(() => {
    dataDir = mkdtempSync(join(tmpdir(), 'jobwright-key-'));
  });
  afterEach(() => rmSync(dataDir, { recursive: true }));

  it('is made once, private, and read again', () => {
    const dir = join(dataDir, 'new', 'data');
    const key = readSecretKey(dir);
    expect(key).toHaveLength(32);
    expect(readSecretKey(dir)).toEqual(key);
    expect(readdirSync(dir)).toEqual(['secret.key']);
    expect(statSync(join(dir, 'secret.key')).mode & 0o777).toBe(0o600);
    expect(statSync(dir).mode & 0o777).toBe(0o700);
  });

  it.each(['hex', 'base64', 'base64url'] as const)('is taken from the environment in %s', (encoding) => {
    const key = Buffer.alloc(32, 0xfb);
    expect(readSecretKey(dataDir, key.toString(encoding))).toEqual(key);
    expect(readdirSync(dataDir)).toEqual([]);
  });

  it.each(['short', 'g'.repeat(64), Buffer.alloc(16).toString('base64')])('is not %s', (text) => {
    expect(() => readSecretKey(dataDir, text)).toThrow(
      'JOBWRIGHT_SECRET_KEY must hold 32 bytes, as 64 hexadecimal digits or in base64.',
    );
  });

  it('is never replaced where its file is damaged', () => {
    writeFileSync(join(dataDir, 'secret.key'), '');
    expect(() => readSecretKey(dataDir)).toThrow('secret.key must hold 32 bytes');
    expect(readFileSync(join(dataDir, 'secret.key'), 'utf8')).toBe('');
  });
});
