import { randomInt, randomUUID } from 'node:crypto';
import { mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import type { BodySeal } from './body-seal';
import {
  isDiskFull,
  moveIntoPlace,
  readIfThere,
  replaceFile,
  syncFolder,
  writeNewFile,
} from './durable-file';
import { isFinished, type JobRecord, jobRecordSchema } from './job-record';

/**
 * One folder per job: `job.json`, the job's body sealed in it, and `pods/<podId>/`. What is in memory is what is on the
 * disk, except while that is full: then changes wait in memory, for a job must still be able to end.
 */
export type JobStore = {
  all(): JobRecord[];
  /** Those that have not finished. */
  active(): JobRecord[];
  get(jobId: string): JobRecord | undefined;
  /** On the disk when it returns. */
  create(job: JobRecord): void;
  save(job: JobRecord): void;
  /** Writes down what a full disk had no room for. */
  saveHeld(): void;
  /** The file of a job that is there but cannot be read. */
  damaged(jobId: string): string | undefined;
  remove(jobId: string): void;
  jobFolder(jobId: string): string;
  podFolder(jobId: string, podId: string): string;
};

const letters = 'abcdefghijklmnopqrstuvwxyz0123456789';

export function newJobId(): string {
  return `dlc${Array.from({ length: 13 }, () => letters[randomInt(letters.length)]).join('')}`;
}

export function openJobStore(dataDir: string, seal: BodySeal, log: (line: string) => void): JobStore {
  const jobsDir = join(dataDir, 'jobs');
  const draftsDir = join(dataDir, 'drafts');
  // What is left in drafts was never acknowledged, or was deleted already.
  rmSync(draftsDir, { recursive: true, force: true });
  for (const folder of [jobsDir, draftsDir]) mkdirSync(folder, { recursive: true, mode: 0o700 });

  const jobs = new Map<string, JobRecord>();
  const damaged = new Map<string, string>();
  const held = new Set<string>();
  const unfinished = new Map<string, JobRecord>();
  const hold = (job: JobRecord): void => {
    jobs.set(job.jobId, job);
    if (isFinished(job)) unfinished.delete(job.jobId);
    else unfinished.set(job.jobId, job);
  };
  let isAnySealShut = false;
  let isAnySealOpen = false;
  for (const jobId of readdirSync(jobsDir)) {
    const path = join(jobsDir, jobId, 'job.json');
    const read = readJob(path, jobId, seal);
    isAnySealShut ||= read === 'shut';
    isAnySealOpen ||= typeof read === 'object' && read.wasSealed;
    if (typeof read !== 'object') {
      log(`The local DLC cannot read ${path}: the job in it is damaged and is not looked after.`);
      damaged.set(jobId, path);
      continue;
    }
    if (!read.wasSealed) replaceFile(path, toText(read.job));
    hold(read.job);
  }
  if (isAnySealShut && !isAnySealOpen)
    throw new Error(
      `The jobs in ${jobsDir} were sealed with another key: start with that key again, or move the folder away.`,
    );

  function toText({ request, ...job }: JobRecord): string {
    return JSON.stringify({ ...job, sealed: seal.seal(request, job.jobId) });
  }

  function write(job: JobRecord): void {
    replaceFile(join(jobsDir, job.jobId, 'job.json'), toText(job));
    held.delete(job.jobId);
  }

  return {
    all: () => [...jobs.values()],
    active: () => [...unfinished.values()],
    get: (jobId) => jobs.get(jobId),
    create(job) {
      const draft = join(draftsDir, job.jobId);
      try {
        mkdirSync(join(draft, 'pods'), { recursive: true, mode: 0o700 });
        writeNewFile(join(draft, 'job.json'), toText(job));
        syncFolder(draft);
        moveIntoPlace(draft, join(jobsDir, job.jobId));
      } finally {
        rmSync(draft, { recursive: true, force: true });
      }
      hold(job);
    },
    save(job) {
      try {
        write(job);
      } catch (error) {
        if (!isDiskFull(error)) throw error;
        if (held.size === 0)
          log(`The local DLC has no room on its disk and keeps changes in memory: ${String(error)}`);
        held.add(job.jobId);
      }
      hold(job);
    },
    saveHeld() {
      for (const jobId of held) {
        const job = jobs.get(jobId);
        try {
          if (job) write(job);
          held.delete(jobId);
        } catch (error) {
          if (!isDiskFull(error)) throw error;
          return;
        }
      }
    },
    damaged: (jobId) => damaged.get(jobId),
    remove(jobId) {
      const gone = join(draftsDir, `${jobId}-${randomUUID()}`);
      renameSync(join(jobsDir, jobId), gone);
      jobs.delete(jobId);
      held.delete(jobId);
      unfinished.delete(jobId);
      rm(gone, { recursive: true, force: true }).catch((error: unknown) =>
        log(`The local DLC could not clear ${gone}: ${String(error)}`),
      );
    },
    jobFolder: (jobId) => join(jobsDir, jobId),
    podFolder: (jobId, podId) => join(jobsDir, jobId, 'pods', podId),
  };
}

type Kept = { job: JobRecord; wasSealed: boolean };

/** `shut`: it was sealed with another key, or for another job. */
function readJob(path: string, jobId: string, seal: BodySeal): Kept | 'shut' | undefined {
  const kept = parseObject(readIfThere(path));
  if (kept?.jobId !== jobId) return undefined;
  const { sealed, ...rest } = kept;
  const wasSealed = typeof sealed === 'string';
  try {
    // Earlier versions kept the body unsealed.
    const request = wasSealed ? seal.open(sealed, jobId) : rest.request;
    const job = jobRecordSchema.safeParse({ ...rest, request }).data;
    return job && { job, wasSealed };
  } catch {
    return 'shut';
  }
}

function parseObject(text: string | undefined): Record<string, unknown> | undefined {
  try {
    return z.record(z.string(), z.unknown()).safeParse(JSON.parse(text ?? '')).data;
  } catch {
    return undefined;
  }
}
