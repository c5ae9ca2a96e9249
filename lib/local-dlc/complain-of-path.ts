import { realpathSync, statSync } from 'node:fs';
import { isAbsolute, normalize } from 'node:path';
import { followPath, isInside } from './mount';

/** Why a folder of this machine cannot be given to pods, as the end of a sentence; undefined where it can. */
export function complainOfFolder(path: string, hidden: string[]): string | undefined {
  if (!isAbsolute(path)) return `the folder ${path} is not an absolute path`;
  let real: string;
  try {
    real = realpathSync(path);
    if (!statSync(real).isDirectory()) return `${path} is not a folder`;
  } catch {
    return `the folder ${path} is not there, or may not be read`;
  }
  if (hidden.some((folder) => isInside(real, folder))) return `${path} lies in the data directory`;
  if (hidden.some((folder) => isInside(folder, real))) return `${path} holds the data directory`;
  return undefined;
}

const reserved = ['/proc', '/sys', '/dev'];

/** Why nothing can be mounted at a path, as the end of a sentence; undefined where it can. */
export function complainOfMountPath(path: string, hidden: string[]): string | undefined {
  if (!isAbsolute(path)) return `the mount path ${path} is not an absolute path`;
  if (path.split('/').includes('..') || path.includes('\0'))
    return `the mount path ${path} must not hold ".."`;
  const target = toMountPath(path);
  if (target === '/') return 'the mount path must not be /';
  if (reserved.some((place) => isInside(target, place))) return `nothing can be mounted in ${target}`;
  const { there, missing } = followPath(target);
  const real = [there === '/' ? '' : there, ...missing].join('/');
  if (hidden.some((folder) => isInside(real, folder) || isInside(folder, real)))
    return `the mount path ${path} lies in the data directory, or holds it`;
  return undefined;
}

/** A mount path in its one spelling: no double slashes, none at the end. */
export function toMountPath(path: string): string {
  const normal = normalize(path);
  return normal.length > 1 ? normal.replace(/\/+$/, '') : normal;
}
