import { spawn } from 'node:child_process';
import { closeSync, constants, existsSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { hasCode, readIfThere, writeNewFile } from './durable-file';
import { findShell } from './find-shell';
import type { JobRecord, Pod } from './job-record';
import { layOutPod } from './lay-out-pod';
import { hasPreStop } from './pod-containers';
import { type PodTarget, signalPods } from './pod-processes';
import type { PodSite } from './pod-site';
import { podMain, podWrapper } from './pod-wrapper';
import { isAlive, type ProcessIdentity } from './process-identity';

/** What can be seen of a pod's process. `unclaimed`: no wrapper has begun. */
export type PodSight =
  | { state: 'unclaimed' }
  | { state: 'running' }
  | { state: 'ended'; exitCode?: number; note?: string };

export type PodRunner = {
  /** Starts a wrapper where this server has not yet started one; of two wrappers one goes on. */
  launch(job: JobRecord, pod: Pod): void;
  look(job: JobRecord, pod: Pod): PodSight;
  /** Takes the pod's claim, so that no wrapper can begin any more; without effect where one has. */
  forgo(job: JobRecord, pod: Pod): void;
  /** Begins a pod's PreStop hook where it has one and its main process has begun; whether that is still running. */
  isPreStopping(job: JobRecord, pod: Pod): boolean;
  signal(pods: Pod[], signal: 'SIGTERM' | 'SIGKILL'): void;
  forget(pods: Pod[]): void;
};

type Attempt = { over: boolean; error?: string };

/** The exit file is what counts; whether a wrapper still lives is asked less often. */
const livenessEveryMs = 1_000;

export function newPodRunner(site: PodSite, onExit: (jobId: string) => void): PodRunner {
  const folderOf = site.podFolder;
  const attempts = new Map<string, Attempt>();
  const wrappers = new Map<string, ProcessIdentity>();
  const seenAlive = new Map<string, number>();
  const stopping = new Set<string>();

  function isRunning(podId: string, wrapper: ProcessIdentity): boolean {
    const now = performance.now();
    const since = now - (seenAlive.get(podId) ?? Number.NEGATIVE_INFINITY);
    if (since < livenessEveryMs && !attempts.get(podId)?.over) return true;
    if (!isAlive(wrapper)) return false;
    seenAlive.set(podId, now);
    return true;
  }

  return {
    launch(job, pod) {
      if (attempts.has(pod.podId)) return;
      const folder = folderOf(job.jobId, pod.podId);
      const { work, environment, bubblewrap } = layOutPod(site, job, pod);
      const output = openSync(join(folder, 'log'), 'a', 0o600);
      try {
        const settings = job.request.Settings;
        const wanted =
          typeof settings === 'object' && settings && 'Shell' in settings ? settings.Shell : undefined;
        const args = ['-c', podWrapper, 'pod-wrapper', folder, findShell(wanted), podMain, bubblewrap];
        const child = spawn('/bin/sh', args, {
          cwd: work,
          // Next's types demand a NODE_ENV of every environment; a pod's has none.
          env: environment as NodeJS.ProcessEnv,
          detached: true,
          stdio: ['ignore', output, output],
        });
        const attempt: Attempt = { over: false };
        attempts.set(pod.podId, attempt);
        const settle = (error?: Error): void => {
          attempt.over = true;
          if (error) attempt.error = error.message;
          onExit(job.jobId);
        };
        child.on('exit', () => settle());
        child.on('error', settle);
        child.unref();
      } finally {
        closeSync(output);
      }
    },

    look(job, pod) {
      const folder = folderOf(job.jobId, pod.podId);
      const wrapper = wrappers.get(pod.podId) ?? readClaim(folder);
      if (!wrapper) {
        const attempt = attempts.get(pod.podId);
        if (!attempt?.over) return { state: 'unclaimed' };
        return { state: 'ended', note: `could not be started${attempt.error ? ` (${attempt.error})` : ''}` };
      }
      if (wrapper.pid === 0) return { state: 'ended', note: 'was stopped before it began' };
      wrappers.set(pod.podId, wrapper);
      const running = isRunning(pod.podId, wrapper);
      // Read after the question above: a wrapper may leave its exit code and go between the two.
      const exit = readIfThere(join(folder, 'exit'))?.trim();
      if (exit) return { state: 'ended', exitCode: Number(exit), ...noteOf(folder) };
      if (running) return { state: 'running' };
      return { state: 'ended', note: 'left no exit code: it was killed, or the machine was restarted' };
    },

    forgo(job, pod) {
      const folder = folderOf(job.jobId, pod.podId);
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      try {
        writeNewFile(join(folder, 'claim'), '0\nforgone\n');
      } catch (error) {
        if (!hasCode(error, 'EEXIST')) throw error;
      }
    },

    isPreStopping(job, pod) {
      if (!hasPreStop(job, pod)) return false;
      const folder = folderOf(job.jobId, pod.podId);
      const said = readIfThere(join(folder, 'hooks'))?.split('\n') ?? [];
      if (!said.includes('armed') || said.includes('done')) return false;
      if (stopping.has(pod.podId)) return true;
      stopping.add(pod.podId);
      return tellToStop(join(folder, 'control'));
    },

    signal(pods, signal) {
      const targets = pods.map(({ podId }): PodTarget => ({ podId, wrapper: wrappers.get(podId) }));
      signalPods(targets, signal);
    },

    forget(pods) {
      for (const known of [attempts, wrappers, seenAlive, stopping])
        for (const { podId } of pods) known.delete(podId);
    },
  };
}

/** False where nobody reads it any more. */
function tellToStop(fifo: string): boolean {
  try {
    const opened = openSync(fifo, constants.O_WRONLY | constants.O_NONBLOCK);
    try {
      writeSync(opened, 'stop\n');
    } finally {
      closeSync(opened);
    }
    return true;
  } catch (error) {
    if (hasCode(error, 'ENXIO') || hasCode(error, 'ENOENT')) return false;
    throw error;
  }
}

/** Wrappers make a claim whole; one that does not parse is a `forgo` cut short. */
function readClaim(folder: string): ProcessIdentity | undefined {
  const text = readIfThere(join(folder, 'claim'));
  if (text === undefined) return undefined;
  const [, pid = '0', born = ''] = /^(\d+)\n(.*)\n/.exec(text) ?? [];
  return { pid: Number(pid), born };
}

/** Why a pod ended, where podMain (pod-wrapper.ts) said more than that it began. */
function noteOf(folder: string): { note?: string } {
  const [begun, note] = readIfThere(join(folder, 'note'))?.split('\n') ?? [];
  if (note) return { note };
  if (begun || !existsSync(join(folder, 'view'))) return {};
  return { note: 'could not be given its own view of the file system: its output says why' };
}
