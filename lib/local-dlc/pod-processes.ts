import { readdirSync, readFileSync } from 'node:fs';
import { podCookie } from './pod-environment';
import { isAlive, type ProcessIdentity } from './process-identity';

/** A pod, and its wrapper where that one is known. */
export type PodTarget = { podId: string; wrapper: ProcessIdentity | undefined };

/**
 * Signals all processes of some pods: each one's process group while its leader is surely the wrapper, and, where /proc
 * shows environments, whatever carries a pod's cookie. `timeout`, `setsid` and torchrun leave the group, not the cookie.
 */
export function signalPods(pods: PodTarget[], signal: 'SIGTERM' | 'SIGKILL'): void {
  if (pods.length === 0) return;
  const groups = new Set<number>();
  const podIds = new Set(pods.map(({ podId }) => podId));
  const carriers = findCarriers().filter(({ podId }) => podIds.has(podId));
  for (const { wrapper } of pods) {
    if (!wrapper || !isAlive(wrapper)) continue;
    groups.add(wrapper.pid);
    send(-wrapper.pid, signal);
  }
  for (const { pid, group } of carriers) if (!groups.has(group)) send(pid, signal);
}

type Carrier = { pid: number; group: number; podId: string };

function findCarriers(): Carrier[] {
  return namesIn('/proc').flatMap((name) => {
    if (!/^\d+$/.test(name)) return [];
    try {
      const variables = readFileSync(`/proc/${name}/environ`, 'latin1').split('\0');
      const cookie = variables.find((variable) => variable.startsWith(`${podCookie}=`));
      if (!cookie) return [];
      const stat = readFileSync(`/proc/${name}/stat`, 'latin1');
      const group = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[2];
      return [{ pid: Number(name), group: Number(group), podId: cookie.slice(podCookie.length + 1) }];
    } catch {
      return [];
    }
  });
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // Gone already.
  }
}
