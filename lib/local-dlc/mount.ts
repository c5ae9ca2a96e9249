import { realpathSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** A folder of this machine (`source`) as pods see it at `target`. Both are absolute. */
export type Mount = { source: string; target: string; readOnly: boolean };

export function isInside(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder === '/' ? '/' : `${folder}/`);
}

/** Places of a view that are the pod's own from the start, whatever this machine has there. */
export const privatePlaces = ['/tmp', '/dev', '/proc'];

/**
 * Where a path leads on this machine: the part that is there, links followed, and what is missing behind it. A folder that
 * may not be searched counts as the end of what is there.
 */
export function followPath(path: string): { there: string; missing: string[] } {
  const missing: string[] = [];
  for (let at = path; ; at = dirname(at)) {
    try {
      return { there: realpathSync(at), missing };
    } catch (error) {
      if (at === '/') throw error;
      missing.unshift(basename(at));
    }
  }
}

/** Where a mount has to go so that it appears at its target, and the folder that lacks its mount point, if one does. */
export function findMountPoint(target: string, others: Mount[]): { path: string; bare?: string } {
  if (privatePlaces.some((place) => isInside(target, place))) return { path: target };
  if (others.some((other) => other.target !== target && isInside(target, other.target)))
    return { path: target };
  const { there, missing } = followPath(target);
  const path = join(there, ...missing);
  return missing.length === 0 ? { path } : { path, bare: there };
}
