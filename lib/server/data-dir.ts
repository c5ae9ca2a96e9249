import 'server-only';
import { mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

/** Makes the data directory (0700) and what leads to it. An Error's message is a sentence. */
export function makeDataDir(dataDir: string): void {
  try {
    makeFolder(dataDir);
  } catch (error) {
    const code = codeOf(error);
    const reason = reasons[code] ?? `cannot be made (${code || String(error)})`;
    throw new Error(`The data directory ${dataDir} ${reason}: set JOBWRIGHT_DATA_DIR to another folder.`);
  }
}

const reasons: Partial<Record<string, string>> = {
  ENOTDIR: 'is a file, or leads through one',
  EACCES: 'cannot be made or entered by this user',
  EPERM: 'cannot be made by this user',
  EROFS: 'is on a file system that is read-only',
  ENOSPC: 'cannot be made, since the disk is full',
  ENAMETOOLONG: 'has too long a name',
  ELOOP: 'leads in a circle of links',
  ENOENT: 'cannot be made where it is said to be',
};

/** `mkdirSync` with `recursive` never returns where a folder that is there takes none inside, as /proc. */
function makeFolder(path: string): void {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found?.isDirectory()) return;
  if (found) throw Object.assign(new Error('not a folder'), { code: 'ENOTDIR' });
  if (dirname(path) !== path) makeFolder(dirname(path));
  try {
    mkdirSync(path, { mode: 0o700 });
  } catch (error) {
    if (codeOf(error) !== 'EEXIST' || !statSync(path, { throwIfNoEntry: false })?.isDirectory()) throw error;
  }
}

/** What went wrong with a file, the given one where the error names none, as a sentence; any other error's own message. */
export function describeFileFault(error: unknown, file?: string): string {
  if (!(error instanceof Error)) return String(error);
  const path = 'path' in error && typeof error.path === 'string' ? error.path : file;
  if (path === undefined || !('syscall' in error)) return error.message;
  return `${path} cannot be used (${codeOf(error)}): see to its kind, its owner and the free space, or set JOBWRIGHT_DATA_DIR to another folder.`;
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}
