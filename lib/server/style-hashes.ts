import 'server-only';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const known = new Map<string, readonly string[]>();

/**
 * The style sheets of a build as sources of a content security policy. Next writes them into each page without a
 * request, and React gives a style element in the head no nonce.
 */
export function styleHashes(build: string | undefined): readonly string[] {
  if (build === undefined) return [];
  const hashes = known.get(build) ?? readHashes(join(build, 'static', 'chunks'));
  known.set(build, hashes);
  return hashes;
}

function readHashes(folder: string): string[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.css'))
    .map(
      (file) =>
        `'sha256-${createHash('sha256')
          .update(readFileSync(join(folder, file)))
          .digest('base64')}'`,
    );
}
