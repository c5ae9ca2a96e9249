import 'server-only';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The style sheets of a build as sources of a content security policy. Next writes them into each page without a
 * request, and React gives a style element in the head no nonce.
 */
export function styleHashes(build: string): string[] {
  const folder = join(build, 'static', 'chunks');
  return readdirSync(folder)
    .filter((file) => file.endsWith('.css'))
    .map(
      (file) =>
        `'sha256-${createHash('sha256')
          .update(readFileSync(join(folder, file)))
          .digest('base64')}'`,
    );
}
