import { randomInt, randomUUID } from 'node:crypto';
import { mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { moveIntoPlace, readIfThere, replaceFile, syncFolder, writeNewFile } from './durable-file';
import { type JobRecord, jobRecordSchema } from './job-record';

/** One folder per job: `job.json` and `pods/<podId>/`. What is in memory is what is on the disk. */
export type JobStore = {
  all(): JobRecord[];
  get(jobId: string): JobRecord | undefined;
  /** On the disk when it returns. */
  create(job: JobRecord): void;
  save(job: JobRecord): void;
  remove(jobId: string): void;
  podFolder(jobId: string, podId: string): string;
};

const letters = 'abcdefghijklmnopqrstuvwxyz0123456789';

export function newJobId(): string {
  return `dlc${Array.from({ length: 13 }, () => letters[randomInt(letters.length)]).join('')}`;
}

export function openJobStore(dataDir: string, log: (line: string) => void): JobStore {
  const jobsDir = join(dataDir, 'jobs');
  const draftsDir = join(dataDir, 'drafts');
  // What is left in drafts was never acknowledged, or was deleted already.
  rmSync(draftsDir, { recursive: true, force: true });
  for (const folder of [jobsDir, draftsDir]) mkdirSync(folder, { recursive: true, mode: 0o700 });

  const jobs = new Map<string, JobRecord>();
  for (const jobId of readdirSync(jobsDir)) {
    const job = readJob(join(jobsDir, jobId, 'job.json'));
    if (job?.jobId === jobId) jobs.set(jobId, job);
    else log(`The local DLC passes over ${join(jobsDir, jobId)}: it holds no job that can be read.`);
  }

  return {
    all: () => [...jobs.values()],
    get: (jobId) => jobs.get(jobId),
    create(job) {
      const draft = join(draftsDir, job.jobId);
      try {
        mkdirSync(join(draft, 'pods'), { recursive: true, mode: 0o700 });
        writeNewFile(join(draft, 'job.json'), JSON.stringify(job));
        syncFolder(draft);
        moveIntoPlace(draft, join(jobsDir, job.jobId));
      } finally {
        rmSync(draft, { recursive: true, force: true });
      }
      jobs.set(job.jobId, job);
    },
    save(job) {
      replaceFile(join(jobsDir, job.jobId, 'job.json'), JSON.stringify(job));
      jobs.set(job.jobId, job);
    },
    remove(jobId) {
      const gone = join(draftsDir, `${jobId}-${randomUUID()}`);
      renameSync(join(jobsDir, jobId), gone);
      jobs.delete(jobId);
      rm(gone, { recursive: true, force: true }).catch((error: unknown) =>
        log(`The local DLC could not clear ${gone}: ${String(error)}`),
      );
    },
    podFolder: (jobId, podId) => join(jobsDir, jobId, 'pods', podId),
  };
}

function readJob(path: string): JobRecord | undefined {
  try {
    return jobRecordSchema.safeParse(JSON.parse(readIfThere(path) ?? '')).data;
  } catch {
    return undefined;
  }
}
