import { mkdirSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { hasCode } from './durable-file';
import { isInside, type Mount } from './mount';

/** Without a view of the file system of its own a pod finds its mounts below `root`, as links; what is there stays. */
export function linkMounts(root: string, mounts: Mount[]): void {
  mkdirSync(root, { recursive: true, mode: 0o700 });
  for (const { source, target } of mounts) {
    if (isNested(target, mounts)) continue;
    const path = join(root, target);
    mkdirSync(dirname(path), { recursive: true });
    try {
      symlinkSync(source, path);
    } catch (error) {
      if (!hasCode(error, 'EEXIST')) throw error;
    }
  }
}

/** Whether a mount lies inside another one, where a link cannot be made without writing into that one's folder. */
export function isNested(target: string, mounts: Mount[]): boolean {
  return mounts.some((other) => other.target !== target && isInside(target, other.target));
}
