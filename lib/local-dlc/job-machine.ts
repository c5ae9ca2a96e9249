import { join } from 'node:path';
import type { LogCap } from './cap-log';
import { isDiskFull, writtenAt } from './durable-file';
import { giveDevices } from './gpu-devices';
import { enter, enteredAt, hasEnded, isFinished, type JobRecord, type Pod, type Reason } from './job-record';
import { finish, hasLasted, isPhase, leavePhase, newEnding, type Phase, seePod } from './job-steps';
import type { JobStore } from './job-store';
import { startPodObserver } from './pod-observer';
import { newPodRunner } from './pod-runner';
import type { PodSite } from './pod-site';
import type { Preparation } from './preparation';
import { planQueue, type QueuePlan } from './queue';
import type { Resources } from './resources';
import { newTerminations } from './terminations';

export type JobMachineOptions = {
  store: JobStore;
  site: PodSite;
  newPreparation: (onDone: (jobId: string) => void) => Preparation;
  phaseMs: Record<Phase, number>;
  stopGraceMs: number;
  capacity: Resources;
  clock: () => number;
  log: (line: string) => void;
  logCap?: LogCap | undefined;
  meterEveryMs?: number | undefined;
};

export type JobMachine = {
  /** Asks for a job's end; it is Stopped once its last process is gone. */
  stop(job: JobRecord, reason: Reason): void;
  /** Takes a job whose place in the queue may have changed. */
  update(job: JobRecord): void;
  capacity: Resources;
  /** Why jobs wait in Queuing, by JobId. */
  waiting(): Map<string, Reason>;
  /** Leaves the jobs running and stops looking after them. */
  close(): Promise<void>;
};

const tickMs = 250;

/** Moves every unfinished job on, four times a second: what is written in the store decides, so a restart goes on where a kill left off. */
export function startJobMachine(options: JobMachineOptions): JobMachine {
  const { store, phaseMs, stopGraceMs, capacity, clock, log } = options;
  const runner = newPodRunner(options.site, (jobId) => step(jobId));
  const preparation = options.newPreparation((jobId) => step(jobId));
  const terminations = newTerminations(runner, clock);
  const complaints = new Map<string, string>();
  let closed = false;

  /** Never throws: it runs in timers and events. What fails, a full disk for instance, is tried again. */
  function step(jobId: string): void {
    const job = store.get(jobId);
    if (closed || !job || isFinished(job)) return;
    try {
      if (!isPhase(job.status)) {
        follow(job, clock());
        return;
      }
      // Its turn comes in admit().
      if (job.status === 'Queuing') return;
      const sight = job.status === 'EnvPreparing' ? preparation.look(job) : undefined;
      if (sight?.state === 'busy') return;
      const next =
        sight?.state === 'failed'
          ? finish({ ...job, ending: { status: 'Failed', reason: sight.reason } }, clock())
          : leavePhase(job, job.status, phaseMs[job.status], clock());
      if (next !== job) store.save(next);
      if (next.status !== job.status) preparation.forget(jobId);
      if (next.status === 'Running') follow(next, clock());
    } catch (error) {
      complain(jobId, error);
      if (isDiskFull(error)) failForRoom(jobId);
    }
  }

  /** A pod that has no room for its files cannot begin; its job ends, and with it what is running of it. */
  function failForRoom(jobId: string): void {
    const job = store.get(jobId);
    if (!job || job.ending) return;
    const message = `${job.request.JobType} ${jobId} is failed: the disk of the local DLC is full.`;
    const failing: JobRecord = {
      ...job,
      ending: { status: 'Failed', reason: { code: 'DiskFull', message } },
    };
    if (isPhase(job.status)) preparation.forget(jobId);
    store.save(isPhase(job.status) ? finish(failing, clock()) : failing);
  }

  function complain(jobId: string, error: unknown): void {
    const complaint = String(error);
    if (complaints.get(jobId) !== complaint) log(`The local DLC could not move ${jobId} on: ${complaint}`);
    complaints.set(jobId, complaint);
  }

  function plan(): QueuePlan {
    const now = clock();
    const isReady = (job: JobRecord): boolean => hasLasted(job, 'Queuing', phaseMs.Queuing, now);
    return planQueue(store.active(), capacity, isReady);
  }

  function admit(): void {
    const { starting, impossible } = plan();
    for (const job of starting)
      attempt(job, () =>
        enter(giveDevices(job, store.active(), options.site.devices), 'EnvPreparing', clock()),
      );
    for (const { job, reason } of impossible)
      attempt(job, () => finish({ ...job, ending: { status: 'Failed', reason } }, clock()));
  }

  function attempt(job: JobRecord, change: () => JobRecord): void {
    try {
      store.save(change());
    } catch (error) {
      complain(job.jobId, error);
    }
  }

  function follow(job: JobRecord, now: number): void {
    const pods =
      enteredAt(job, 'Running') === undefined ? job.pods : job.pods.map((pod) => see(job, pod, now));
    const changed = pods.some((pod, index) => pod !== job.pods[index]);
    let next: JobRecord = changed ? { ...job, pods, modifiedAt: now } : job;
    const ending = next.ending ?? newEnding(next, now);
    if (ending !== next.ending) {
      next = { ...next, ending };
      if (ending?.status === 'Stopped') next = enter(next, 'Stopping', now, ending.reason);
    }
    const begun = enteredAt(job, 'Running') !== undefined;
    const living = begun ? next.pods.filter((pod) => !hasEnded(pod)) : [];
    if (living.length === 0) next = finish(next, now);
    if (next !== job) store.save(next);

    const ended = next.pods.filter((pod, index) => hasEnded(pod) && pod !== job.pods[index]);
    // As in a container, nothing of a pod outlives its command.
    if (begun) runner.signal(ended, 'SIGKILL');
    // A pod that is still Pending is kept from beginning at the next look, see below.
    const running = living.filter(({ status }) => status === 'Running');
    if (ending) terminations.press(next, running, graceMsOf(next));
    if (isFinished(next)) {
      runner.forget(next.pods);
      terminations.forget(next.pods);
      preparation.forget(next.jobId);
      complaints.delete(next.jobId);
      admit();
    }
  }

  function see(job: JobRecord, pod: Pod, now: number): Pod {
    if (hasEnded(pod)) return pod;
    let sight = runner.look(job, pod);
    if (sight.state === 'unclaimed' && job.ending) {
      forgo(job, pod);
      sight = runner.look(job, pod);
    } else if (sight.state === 'unclaimed') runner.launch(job, pod);
    const folder = store.podFolder(job.jobId, pod.podId);
    const hasSucceeded = job.ending?.status === 'Succeeded';
    return seePod(pod, sight, now, hasSucceeded, (file) => writtenAt(join(folder, file)));
  }

  /** Where the disk has no room for the claim's text, its empty file is as good. */
  function forgo(job: JobRecord, pod: Pod): void {
    try {
      runner.forgo(job, pod);
    } catch (error) {
      if (!isDiskFull(error)) throw error;
    }
  }

  function graceMsOf(job: JobRecord): number {
    const settings = job.request.Settings;
    const seconds =
      typeof settings === 'object' && settings && 'TerminationGracePeriodSeconds' in settings
        ? settings.TerminationGracePeriodSeconds
        : undefined;
    return typeof seconds === 'number' ? seconds * 1000 : stopGraceMs;
  }

  function tick(): void {
    try {
      store.saveHeld();
    } catch (error) {
      complain('', error);
    }
    for (const job of store.active()) step(job.jobId);
    admit();
  }

  const timer = setInterval(tick, tickMs).unref();
  const observer = startPodObserver({
    store,
    clock,
    log,
    logCap: options.logCap,
    meterEveryMs: options.meterEveryMs,
  });
  tick();

  return {
    stop(job, reason) {
      store.save({ ...enter(job, 'Stopping', clock(), reason), ending: { status: 'Stopped', reason } });
      step(job.jobId);
    },
    update: (job) => store.save(job),
    capacity,
    waiting: () => plan().waiting,
    async close() {
      closed = true;
      clearInterval(timer);
      await Promise.all([observer.close(), preparation.close()]);
    },
  };
}
