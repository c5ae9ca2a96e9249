import { randomBytes, randomInt } from 'node:crypto';
import { join } from 'node:path';
import * as z from 'zod';
import { readIfThere, replaceFile } from './durable-file';

const accessKeySchema = z.object({
  accessKeyId: z.string().min(1),
  accessKeySecret: z.string().min(16),
  userId: z.string().min(1),
});

export type AccessKey = z.infer<typeof accessKeySchema>;

/** The one key of a data directory, made at the first start and kept 0600. */
export function openAccessKey(dataDir: string): AccessKey {
  const path = join(dataDir, 'access-key.json');
  const text = readIfThere(path);
  if (text === undefined) {
    const made: AccessKey = {
      accessKeyId: `LOCAL${randomBytes(10).toString('hex').toUpperCase()}`,
      accessKeySecret: randomBytes(24).toString('base64url'),
      userId: `10${Array.from({ length: 14 }, () => randomInt(10)).join('')}`,
    };
    replaceFile(path, `${JSON.stringify(made, null, 2)}\n`);
    return made;
  }
  try {
    return accessKeySchema.parse(JSON.parse(text));
  } catch {
    throw new Error(`${path} does not hold the local DLC's access key; remove it to have a new one made.`);
  }
}
