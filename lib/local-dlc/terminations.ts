import type { JobRecord, Pod } from './job-record';
import type { PodRunner } from './pod-runner';

export type Terminations = {
  /** As in Kubernetes: first a pod's PreStop hook, then SIGTERM, and SIGKILL after the grace, which counts from the hook's beginning. */
  press(job: JobRecord, pods: Pod[], graceMs: number): void;
  forget(pods: Pod[]): void;
};

/** A pod whose hook took all of the grace has this long to end at its SIGTERM. */
const lateMs = 2_000;

type Termination = { at: number; killAt?: number; killed: boolean };

/** Held in memory only: after a restart a pod gets its SIGTERM, and its grace, once more; its hook runs once. */
export function newTerminations(runner: PodRunner, clock: () => number): Terminations {
  const begun = new Map<string, Termination>();
  return {
    press(job, pods, graceMs) {
      const now = clock();
      const told: Pod[] = [];
      const stubborn: Pod[] = [];
      for (const pod of pods) {
        const termination = begun.get(pod.podId) ?? { at: now, killed: false };
        begun.set(pod.podId, termination);
        const endsAt = termination.at + graceMs;
        if (termination.killAt === undefined) {
          const isLate = runner.isPreStopping(job, pod);
          if (isLate && now < endsAt) continue;
          termination.killAt = isLate ? now + lateMs : endsAt;
          told.push(pod);
        } else if (!termination.killed && now >= termination.killAt) {
          termination.killed = true;
          stubborn.push(pod);
        }
      }
      runner.signal(told, 'SIGTERM');
      runner.signal(stubborn, 'SIGKILL');
    },
    forget(pods) {
      for (const { podId } of pods) begun.delete(podId);
    },
  };
}
