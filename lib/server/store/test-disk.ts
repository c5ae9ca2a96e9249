import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A disk of a few megabytes, half of them taken. */
export type Disk = { dir: string; makeRoom(): void; setReadOnly(): void; remove(): void };

export const hasDisks = canMount();
if (!hasDisks) {
  if (process.env.CI) throw new Error('The tests of full disks must be able to mount one: run them as root.');
  process.stderr.write('No disk can be mounted by this user: what is tested on a full one was left out.\n');
}

export function newDisk(): Disk {
  const dir = mkdtempSync(join(tmpdir(), 'jobwright-disk-'));
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=4m,mode=0777', 'tmpfs', dir]);
  const filler = join(dir, 'filler');
  writeFileSync(filler, Buffer.alloc(2 * 1024 * 1024));
  return {
    dir,
    makeRoom: () => rmSync(filler),
    setReadOnly: () => execFileSync('mount', ['-o', 'remount,ro', dir]),
    remove() {
      execFileSync('umount', [dir]);
      rmdirSync(dir);
    },
  };
}

function canMount(): boolean {
  const dir = mkdtempSync(join(tmpdir(), 'jobwright-disk-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', 'tmpfs', dir], { stdio: 'ignore' });
    execFileSync('umount', [dir]);
    return true;
  } catch {
    return false;
  } finally {
    rmdirSync(dir);
  }
}
