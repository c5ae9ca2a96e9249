import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { readIfThere, writeNewFile } from './durable-file';

/** Keeps the bodies of jobs, in which passwords and keys stand, from being read off the disk. */
export type BodySeal = {
  /** AES-256-GCM; opens only with the same key and as the body of the same job. */
  seal(body: Record<string, unknown>, jobId: string): string;
  /** Throws where it was sealed with another key or for another job. */
  open(sealed: string, jobId: string): unknown;
};

const ivBytes = 12;
const tagBytes = 16;

/** `secretKey` is 32 bytes and may serve its owner for other things too: the key used here is derived from it. */
export function newBodySeal(secretKey: Buffer): BodySeal {
  if (secretKey.length !== 32) throw new Error('The secret key of the local DLC must be 32 bytes long.');
  const key = Buffer.from(hkdfSync('sha256', secretKey, '', 'local dlc job body', 32));
  return {
    seal(body, jobId) {
      const iv = randomBytes(ivBytes);
      const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(jobId));
      const text = Buffer.concat([cipher.update(JSON.stringify(body), 'utf8'), cipher.final()]);
      return Buffer.concat([iv, cipher.getAuthTag(), text]).toString('base64');
    },
    open(sealed, jobId) {
      const bytes = Buffer.from(sealed, 'base64');
      const iv = bytes.subarray(0, ivBytes);
      const decipher = createDecipheriv('aes-256-gcm', key, iv, { authTagLength: tagBytes });
      decipher.setAAD(Buffer.from(jobId)).setAuthTag(bytes.subarray(ivBytes, ivBytes + tagBytes));
      const text = Buffer.concat([decipher.update(bytes.subarray(ivBytes + tagBytes)), decipher.final()]);
      return JSON.parse(text.toString('utf8'));
    },
  };
}

/** The key of a data directory for which none was handed in, made at the first start. Call under the directory's lock. */
export function openSecretKey(dataDir: string): Buffer {
  const path = join(dataDir, 'secret.key');
  const text = readIfThere(path);
  if (text === undefined) {
    const made = randomBytes(32);
    writeNewFile(path, `${made.toString('hex')}\n`);
    return made;
  }
  if (!/^[0-9a-f]{64}\s*$/.test(text))
    throw new Error(
      `${path} does not hold the local DLC's key, 64 hexadecimal digits: restore it from a backup.`,
    );
  return Buffer.from(text.trim(), 'hex');
}
