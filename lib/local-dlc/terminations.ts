import type { Pod } from './job-record';
import type { PodRunner } from './pod-runner';

export type Terminations = {
  /** SIGTERM at the first call for a pod, SIGKILL at the first one after the grace. */
  press(pods: Pod[], graceMs: number): void;
  forget(pods: Pod[]): void;
};

/** Held in memory only: after a restart a pod gets its SIGTERM, and its grace, once more. */
export function newTerminations(runner: PodRunner, clock: () => number): Terminations {
  const begun = new Map<string, { at: number; killed: boolean }>();
  return {
    press(pods, graceMs) {
      if (pods.length === 0) return;
      const now = clock();
      const fresh = pods.filter(({ podId }) => !begun.has(podId));
      const stubborn = pods.filter(({ podId }) => {
        const termination = begun.get(podId);
        return termination && !termination.killed && now - termination.at >= graceMs;
      });
      for (const { podId } of fresh) begun.set(podId, { at: now, killed: false });
      for (const { podId } of stubborn) begun.set(podId, { at: now, killed: true });
      runner.signal(fresh, 'SIGTERM');
      runner.signal(stubborn, 'SIGKILL');
    },
    forget(pods) {
      for (const { podId } of pods) begun.delete(podId);
    },
  };
}
