import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { styleHashes } from './style-hashes';

const build = mkdtempSync(join(tmpdir(), 'jobwright-build-'));
afterEach(() => rmSync(build, { recursive: true, force: true }));

it('names the style sheets of a build by their hashes, and nothing else', () => {
  const chunks = join(build, 'static', 'chunks');
  mkdirSync(chunks, { recursive: true });
  writeFileSync(join(chunks, 'a.css'), 'body{}');
  writeFileSync(join(chunks, 'a.js'), 'body{}');
  expect(styleHashes(build)).toEqual(["'sha256-fJgEClQWV1hGkK4qHMO0KotTsVnMYMXTq7/suurGyUo='"]);
});
