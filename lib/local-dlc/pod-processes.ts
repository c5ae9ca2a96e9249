import { readFileSync } from 'node:fs';
import { podCookie } from './pod-environment';
import { namesIn } from './pod-view';
import { isAlive, type ProcessIdentity } from './process-identity';

/** A pod, and its wrapper where that one is known. */
export type PodTarget = { podId: string; wrapper: ProcessIdentity | undefined };

/**
 * Signals all processes of some pods: each one's process group while its leader is surely the wrapper, and, where /proc
 * shows environments, whatever carries a pod's cookie. `timeout`, `setsid` and torchrun leave the group, not the cookie.
 */
export function signalPods(pods: PodTarget[], signal: 'SIGTERM' | 'SIGKILL'): void {
  if (pods.length === 0) return;
  const podIds = new Set<string | undefined>(pods.map(({ podId }) => podId));
  const wrappers = new Set(pods.flatMap(({ wrapper }) => (wrapper && isAlive(wrapper) ? wrapper.pid : [])));
  const seen = listProcesses();
  // bubblewrap dies of a SIGTERM at once, and would take the pod's exit code with it: its group is told one by one.
  const isMonitor = ({ name, parent }: Seen): boolean => name === 'bwrap' && wrappers.has(parent);
  const monitors = signal === 'SIGTERM' ? seen.filter(isMonitor) : [];
  const spared = new Set(monitors.map(({ pid }) => pid));
  const singly = new Set(monitors.map(({ parent }) => parent));
  for (const pid of wrappers) if (!singly.has(pid)) send(-pid, signal);
  for (const { pid, group, podId } of seen) {
    const isMeant = wrappers.has(group) ? singly.has(group) : podIds.has(podId);
    if (isMeant && !spared.has(pid)) send(pid, signal);
  }
}

type Seen = { pid: number; name: string; parent: number; group: number; podId: string | undefined };

function listProcesses(): Seen[] {
  return namesIn('/proc').flatMap((pid) => {
    if (!/^\d+$/.test(pid)) return [];
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
      const [, parent, group] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      const name = stat.slice(stat.indexOf('(') + 1, stat.lastIndexOf(')'));
      return [{ pid: Number(pid), name, parent: Number(parent), group: Number(group), podId: podOf(pid) }];
    } catch {
      return [];
    }
  });
}

/** Only the environments of the server's own user can be read. */
function podOf(pid: string): string | undefined {
  try {
    const variables = readFileSync(`/proc/${pid}/environ`, 'latin1').split('\0');
    const cookie = variables.find((variable) => variable.startsWith(`${podCookie}=`));
    return cookie?.slice(podCookie.length + 1);
  } catch {
    return undefined;
  }
}

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // Gone already.
  }
}
