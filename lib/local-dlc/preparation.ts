import { randomBytes } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { BodySeal } from './body-seal';
import { type Checkout, cloneCode } from './clone-code';
import { complainOfMountPath, toMountPath } from './complain-of-path';
import { complainOfMounts, findMounts, localMountsOf } from './find-mounts';
import { installLibs, libsOf } from './install-libs';
import { type JobRecord, noReason, type Reason } from './job-record';
import type { Mount } from './mount';
import { extrasOf } from './pod-containers';
import { podCookie } from './pod-environment';
import { signalPods } from './pod-processes';
import type { PodSite } from './pod-site';
import { readPrepared, writePrepared } from './prepared';
import type { Registry } from './registry';

export type PreparationSight = { state: 'busy' } | { state: 'ready' } | { state: 'failed'; reason: Reason };

/** Makes ready what the pods of a job need: its mounts, its code and its packages. */
export type Preparation = {
  /** Begins with the first look. A preparation that a kill cut short begins again from nothing. */
  look(job: JobRecord): PreparationSight;
  /** Ends what is under way for a job that has ended. */
  forget(jobId: string): void;
  close(): Promise<void>;
};

export type PreparationOptions = {
  site: PodSite;
  registry: Registry;
  seal: BodySeal;
  timeoutMs: number;
  onDone: (jobId: string) => void;
};

type Attempt = { sight: PreparationSight; abort: AbortController; over: Promise<void> };

export function newPreparation(options: PreparationOptions): Preparation {
  const attempts = new Map<string, Attempt>();

  function begin(job: JobRecord): Attempt {
    const abort = new AbortController();
    const attempt: Attempt = { sight: { state: 'busy' }, abort, over: Promise.resolve() };
    attempt.over = prepare(job, options, abort.signal).then((reason) => {
      attempt.sight = reason ? { state: 'failed', reason } : { state: 'ready' };
      if (!abort.signal.aborted) options.onDone(job.jobId);
    });
    return attempt;
  }

  return {
    look(job) {
      if (!needsAnything(job)) return { state: 'ready' };
      const known = attempts.get(job.jobId);
      if (known) return known.sight;
      if (readPrepared(options.site.jobFolder(job.jobId))) return { state: 'ready' };
      const attempt = begin(job);
      attempts.set(job.jobId, attempt);
      return attempt.sight;
    },
    forget(jobId) {
      attempts.get(jobId)?.abort.abort();
      attempts.delete(jobId);
    },
    async close() {
      for (const { abort } of attempts.values()) abort.abort();
      await Promise.all([...attempts.values()].map(({ over }) => over));
    },
  };
}

function needsAnything(job: JobRecord): boolean {
  const { DataSources } = job.request;
  return (
    (Array.isArray(DataSources) && DataSources.length > 0) ||
    codeSourceOf(job) !== undefined ||
    libsOf(job) !== undefined ||
    job.pods.some(
      (pod) => extrasOf(job, pod).SharedVolumeMountPaths?.length || localMountsOf(job, pod).length,
    )
  );
}

type CodeRequest = { id: string; branch: string; commit: string; mountPath: string };

function codeSourceOf({ request }: JobRecord): CodeRequest | undefined {
  const source = request.CodeSource;
  if (typeof source !== 'object' || source === null) return undefined;
  const given = new Map<string, unknown>(Object.entries(source));
  const read = (name: string): string => String(given.get(name) ?? '');
  const id = read('CodeSourceId');
  return id
    ? { id, branch: read('Branch'), commit: read('Commit'), mountPath: read('MountPath') }
    : undefined;
}

/** Why the preparation failed, or undefined; it never throws. What it made is removed again where it failed. */
async function prepare(
  job: JobRecord,
  options: PreparationOptions,
  cut: AbortSignal,
): Promise<Reason | undefined> {
  const jobFolder = options.site.jobFolder(job.jobId);
  // Each attempt has a folder of its own: what a killed server left behind may still be writing into its one.
  const folder = join(jobFolder, `prepared-${randomBytes(4).toString('hex')}`);
  const timeout = AbortSignal.timeout(options.timeoutMs);
  const signal = AbortSignal.any([cut, timeout]);
  let reason: Reason | undefined;
  try {
    await clearEarlier(job.jobId, jobFolder);
    await mkdir(folder, { mode: 0o700 });
    reason = await fill(job, options, folder, signal);
    if (timeout.aborted) reason = outOfTime(options.timeoutMs);
    if (cut.aborted) reason = noReason;
  } catch (error) {
    reason = describeFault(error);
  }
  if (reason) await rm(folder, { recursive: true, force: true }).catch(() => undefined);
  return reason && isFullDisk(reason.message)
    ? { code: 'DiskFull', message: `The disk is full: ${reason.message}` }
    : reason;
}

function outOfTime(timeoutMs: number): Reason {
  const message = `The environment was not prepared within ${Math.round(timeoutMs / 1000)} seconds.`;
  return { code: 'EnvPrepareTimeout', message };
}

function describeFault(error: unknown): Reason {
  const message = error instanceof Error ? error.message : String(error);
  return { code: 'EnvPrepareFailed', message: `The environment could not be prepared: ${message}` };
}

function isFullDisk(message: string): boolean {
  return /ENOSPC|No space left on device|EDQUOT|Disk quota exceeded/i.test(message);
}

async function clearEarlier(jobId: string, jobFolder: string): Promise<void> {
  signalPods([{ podId: cookieOf(jobId), wrapper: undefined }], 'SIGKILL');
  for (const name of readdirSync(jobFolder))
    if (name.startsWith('prepared-')) await rm(join(jobFolder, name), { recursive: true, force: true });
}

function cookieOf(jobId: string): string {
  return `${jobId}-preparation`;
}

async function fill(
  job: JobRecord,
  options: PreparationOptions,
  folder: string,
  signal: AbortSignal,
): Promise<Reason | undefined> {
  const { site, registry } = options;
  const child = { cwd: folder, environment: { [podCookie]: cookieOf(job.jobId) }, signal };
  const found = findMounts(job, registry, site.hidden);
  if ('reason' in found) return found.reason;
  const code = findCheckout(job, options, join(folder, 'code'));
  if (code && 'reason' in code) return code.reason;
  const mounts = code ? [...found.value, code.value.mount] : found.value;
  const complaint = complainOfMounts(job, mounts, site);
  if (complaint) return complaint;

  const cloning =
    code && (await cloneCode(code.value.checkout, code.value.mount.source, site.programs, child));
  if (cloning) return cloning;
  const libs = libsOf(job);
  const installing = libs && (await installLibs(libs, { site, job, mounts, folder }, child));
  if (installing || signal.aborted) return installing;
  writePrepared(site.jobFolder(job.jobId), { mounts, ...(libs ? { venv: join(folder, 'venv') } : {}) });
  return undefined;
}

function findCheckout(
  job: JobRecord,
  { registry, seal, site }: PreparationOptions,
  folder: string,
): { value: { checkout: Checkout; mount: Mount } } | { reason: Reason } | undefined {
  const wanted = codeSourceOf(job);
  if (!wanted) return undefined;
  const source = registry.find('codeSources', wanted.id);
  if (!source) {
    const message = `CodeSource.CodeSourceId: no code source ${wanted.id} is registered with this local DLC.`;
    return { reason: { code: 'CodeSourceNotFound', message } };
  }
  const target = wanted.mountPath || source.mountPath;
  const complaint = complainOfMountPath(target, site.hidden);
  if (complaint)
    return { reason: { code: 'MountFailed', message: `CodeSource could not be mounted: ${complaint}.` } };
  const opened = source.sealedToken ? seal.open(source.sealedToken, source.id) : undefined;
  const token = typeof opened === 'object' && opened && 'token' in opened ? String(opened.token) : '';
  // A commit of the source belongs to its own branch.
  const commit = wanted.commit || (wanted.branch && wanted.branch !== source.branch ? '' : source.commit);
  const { id, repository, userName } = source;
  const checkout = { id, repository, branch: wanted.branch || source.branch, commit, userName, token };
  return { value: { checkout, mount: { source: folder, target: toMountPath(target), readOnly: false } } };
}
