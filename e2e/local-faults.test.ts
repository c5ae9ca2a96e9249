import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { faultOf } from '@/components/local/fault-of';
import { complainOfRef, complainOfRepository } from '@/lib/local-dlc/clone-code';
import { complainOfFolder, complainOfMountPath } from '@/lib/local-dlc/complain-of-path';
import { named, optional } from '@/lib/local-dlc/registry-requests';

const folder = mkdtempSync(join(tmpdir(), 'jobwright-faults-'));
const ours = join(folder, 'ours');
mkdirSync(ours);
writeFileSync(join(folder, 'file'), '');
afterAll(() => rmSync(folder, { recursive: true }));

const shapeFault = (value: unknown) => named.safeParse(value).error?.issues[0]?.message;

it.each([
  ['a name left out', shapeFault(undefined)],
  ['an empty name', shapeFault('')],
  ['a long name', shapeFault('x'.repeat(200))],
  ['a long description', optional.safeParse('x'.repeat(2_000)).error?.issues[0]?.message],
  ['a folder by a relative path', complainOfFolder('data', [])],
  ['a folder that is a file', complainOfFolder(join(folder, 'file'), [])],
  ['a folder that is not there', complainOfFolder(join(folder, 'none'), [])],
  ['our folder', complainOfFolder(ours, [ours])],
  ['a folder around ours', complainOfFolder(folder, [ours])],
  ['a relative mount path', complainOfMountPath('data', [])],
  ['a mount path with dots', complainOfMountPath('/data/../etc', [])],
  ['the root as a mount path', complainOfMountPath('/', [])],
  ['a mount path of the system', complainOfMountPath('/proc/data', [])],
  ['our folder as a mount path', complainOfMountPath(ours, [ours])],
  ['a branch that could be an option', complainOfRef('--upload-pack')],
  ['a branch with a blank', complainOfRef('my branch')],
  ['an address of another kind', complainOfRepository('ftp://example.com/a', [])],
  ['an address with a password', complainOfRepository('https://me:it@example.com/a', [])],
])('%s is refused in words that both languages have', (_, complaint) => {
  expect(complaint).toBeTypeOf('string');
  const api = { status: 400, code: 'InvalidParameter', message: `Field: ${complaint}.`, requestId: 'r' };
  expect(faultOf({ kind: 'refused', api }, ['Field'])?.key).toMatch(/^local\.fault\./);
});
