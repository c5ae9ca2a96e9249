import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** A pid counts only together with `born`, for pids are used again. The pod's wrapper writes the same text: see pod-wrapper.ts. */
export type ProcessIdentity = { pid: number; born: string };

const onLinux = process.platform === 'linux';

function bootId(): string {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  } catch {
    return '';
  }
}

/** When a living process began: on Linux the boot and the ticks since (field 22 of its stat), elsewhere what `ps` says. */
export function bornOf(pid: number): string | undefined {
  try {
    if (onLinux) {
      const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
      // Counted from behind the name, which may itself hold spaces and brackets.
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      const [state, ticks] = [fields[0], fields[19]];
      return state === 'Z' || state === 'X' || !ticks ? undefined : `${bootId()}:${ticks}`;
    }
    const ps = ['LC_ALL=C', 'TZ=UTC', 'ps', '-o', 'stat=,lstart=', '-p', String(pid)];
    const said = execFileSync('/usr/bin/env', ps, { encoding: 'utf8' });
    const [, state, lstart] = /^\s*(\S+)\s+(.*\S)\s*$/.exec(said) ?? [];
    return !state || state.startsWith('Z') ? undefined : lstart?.replace(/\s+/g, ' ');
  } catch {
    return undefined;
  }
}

export function isAlive(identity: ProcessIdentity): boolean {
  return bornOf(identity.pid) === identity.born;
}
