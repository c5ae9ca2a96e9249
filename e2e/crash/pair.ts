import { type JobwrightServer, startJobwright } from '@/e2e/server';
import { count } from './tally';

/** Two real instances that are started again whenever they are killed. */
export type Pair = {
  urls: string[];
  kills: Map<string, number>;
  pauses: Map<string, number>;
  kill(which: number, why: string): void;
  pause(which: number, ms: number): void;
  /** Resolves when both run again. */
  running(): Promise<unknown>;
  dispose(): Promise<void>;
};

export async function startPair(variables: Record<string, string>): Promise<Pair> {
  const servers: JobwrightServer[] = [];
  // One after the other: the first may have to build.
  for (let left = 2; left > 0; left -= 1) servers.push(await startJobwright(variables));
  const restarts = new Map<number, Promise<void>>();
  const kills = new Map<string, number>();
  const pauses = new Map<string, number>();
  const running = () => Promise.all(restarts.values());
  return {
    urls: servers.map(({ url }) => url),
    kills,
    pauses,
    running,
    kill(which, why) {
      const server = servers[which];
      // One of them is there, however long the other takes to start.
      if (!server || restarts.size > 0) return;
      server.signal('SIGKILL');
      count(kills, why);
      const restart = server.restart('SIGKILL').then(() => {
        restarts.delete(which);
      });
      restarts.set(which, restart);
    },
    pause(which, ms) {
      const server = servers[which];
      if (!server || restarts.has(which)) return;
      server.signal('SIGSTOP');
      count(pauses, 'at random');
      setTimeout(() => server.signal('SIGCONT'), ms);
    },
    async dispose() {
      await Promise.allSettled(restarts.values());
      for (const server of servers) {
        server.signal('SIGCONT');
        await server.dispose();
      }
    },
  };
}
