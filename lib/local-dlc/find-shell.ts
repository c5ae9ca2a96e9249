import { accessSync, constants, statSync } from 'node:fs';
import { isAbsolute } from 'node:path';

/** Settings.Shell where it is a program of this machine, else bash, else sh. */
export function findShell(wanted: unknown): string {
  const candidates = [wanted, '/bin/bash', '/usr/bin/bash', '/usr/local/bin/bash', '/opt/homebrew/bin/bash'];
  for (const path of candidates) if (typeof path === 'string' && isProgram(path)) return path;
  return '/bin/sh';
}

export function isProgram(path: string): boolean {
  if (!isAbsolute(path)) return false;
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
