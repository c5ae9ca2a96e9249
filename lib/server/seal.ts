import 'server-only';
import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import { closeSync, fsyncSync, linkSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { describeFileFault, makeDataDir } from './data-dir';

export type Sealer = {
  /** AES-256-GCM; what was sealed opens only with the same key and the same context. */
  seal(text: string, context: string): string;
  /** Throws where the key or the context is another one, or the text was tampered with. */
  open(sealed: string, context: string): string;
  /** HMAC-SHA-256 in hex: tells whether two texts are equal, and nothing about them. */
  fingerprint(text: string): string;
};

const version = 'v1.';
const ivBytes = 12;
const tagBytes = 16;

/** `key` is 32 bytes. Sealing and fingerprints use keys of their own, derived from it. */
export function newSealer(key: Buffer): Sealer {
  if (key.length !== 32) throw new Error('The secret key must be 32 bytes long.');
  const derive = (purpose: string): Buffer =>
    Buffer.from(hkdfSync('sha256', key, '', `jobwright ${purpose}`, 32));
  const sealingKey = derive('seal');
  const fingerprintKey = derive('fingerprint');
  return {
    seal(text, context) {
      const iv = randomBytes(ivBytes);
      const cipher = createCipheriv('aes-256-gcm', sealingKey, iv).setAAD(Buffer.from(context));
      const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      return version + Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString('base64url');
    },
    open(sealed, context) {
      const bytes = Buffer.from(sealed.slice(version.length), 'base64url');
      try {
        const iv = bytes.subarray(0, ivBytes);
        const decipher = createDecipheriv('aes-256-gcm', sealingKey, iv, { authTagLength: tagBytes });
        decipher.setAAD(Buffer.from(context)).setAuthTag(bytes.subarray(ivBytes, ivBytes + tagBytes));
        const start = decipher.update(bytes.subarray(ivBytes + tagBytes), undefined, 'utf8');
        return start + decipher.final('utf8');
      } catch {
        throw new Error('A sealed value cannot be opened: the secret key is not the one it was sealed with.');
      }
    },
    fingerprint: (text) => createHmac('sha256', fingerprintKey).update(text).digest('hex'),
  };
}

/** The 32 bytes of JOBWRIGHT_SECRET_KEY, or of `<dataDir>/secret.key`, which is made where it is missing. */
export function readSecretKey(dataDir: string, fromEnv?: string): Buffer {
  if (fromEnv) return parseKey(fromEnv, 'JOBWRIGHT_SECRET_KEY');
  const file = join(dataDir, 'secret.key');
  makeDataDir(dataDir);
  try {
    return parseKey(readIfThere(file) ?? makeKey(file), file);
  } catch (error) {
    throw new Error(describeFileFault(error, file));
  }
}

function parseKey(text: string, source: string): Buffer {
  const trimmed = text.trim();
  if (/^[0-9a-f]{64}$/i.test(trimmed)) return Buffer.from(trimmed, 'hex');
  if (/^[A-Za-z0-9+/_-]{43}=?$/.test(trimmed)) return Buffer.from(trimmed, 'base64');
  const remedy =
    source === 'JOBWRIGHT_SECRET_KEY'
      ? ''
      : ' Restore it from a backup: what was sealed with it opens with no other.';
  throw new Error(`${source} must hold 32 bytes, as 64 hexadecimal digits or in base64.${remedy}`);
}

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (isCode(error, 'ENOENT')) return undefined;
    throw error;
  }
}

/** Written whole under another name and then linked: two processes that start at once end up with one key. */
function makeKey(file: string): string {
  const draft = `${file}.${randomBytes(6).toString('hex')}`;
  const opened = openSync(draft, 'wx', 0o600);
  try {
    writeSync(opened, `${randomBytes(32).toString('base64')}\n`);
    fsyncSync(opened);
    linkSync(draft, file);
  } catch (error) {
    if (!isCode(error, 'EEXIST')) throw error;
  } finally {
    closeSync(opened);
    rmSync(draft, { force: true });
  }
  return readFileSync(file, 'utf8');
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
