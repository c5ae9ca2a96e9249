import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { deviceVariables } from './gpu-devices';
import type { JobRecord, Reason } from './job-record';
import { linkMounts } from './link-mounts';
import type { Mount } from './mount';
import { podEnvironment } from './pod-environment';
import type { PodSite } from './pod-site';
import { viewArguments } from './pod-view';
import { findProgram } from './programs';
import { type ChildOptions, type ChildResult, runChild } from './run-child';

const libsSchema = z.array(z.string()).nullish();

export type Libs = { list: string[]; folder: string };

/** What pip is to install before the pods of a job start; undefined where that is nothing. */
export function libsOf(job: JobRecord): Libs | undefined {
  const list = (libsSchema.safeParse(job.request.ThirdpartyLibs).data ?? []).filter((lib) => lib.trim());
  const folder = typeof job.request.ThirdpartyLibDir === 'string' ? job.request.ThirdpartyLibDir : '';
  return list.length > 0 || folder ? { list, folder } : undefined;
}

/** A requirement may hold a password, so the list reaches pip by a pipe, and this script by its environment. */
const script = `
set -e
venv=$1
folder=$2
libs=$DLC_LIBS
unset DLC_LIBS
python3 -m venv --system-site-packages "$venv"
pip() { "$venv/bin/python" -m pip --disable-pip-version-check --no-input install --progress-bar off "$@"; }
if [ -n "$libs" ]; then printf '%s\\n' "$libs" | pip -r /dev/stdin; fi
if [ -n "$folder" ]; then
  cd "$DLC_LOCAL_ROOT$folder" 2>/dev/null || cd "$folder"
  pip -r requirements.txt
fi
`;

/**
 * Makes a virtual environment in `folder`/venv with a job's packages, which sees the mounts as the pods do; gives why that
 * failed, in pip's own last words, or undefined.
 */
export async function installLibs(
  { list, folder: libDir }: Libs,
  { site, job, mounts, folder }: { site: PodSite; job: JobRecord; mounts: Mount[]; folder: string },
  options: ChildOptions,
): Promise<Reason | undefined> {
  const odd = list.find((lib) => /[\r\n]/.test(lib) || lib.trimStart().startsWith('-'));
  if (odd !== undefined)
    return failed(`ThirdpartyLibs: ${JSON.stringify(odd)} is no requirement, such as numpy==1.16.1.`);
  const [pod] = job.pods;
  if (!pod) return undefined;
  const work = join(folder, 'libs');
  mkdirSync(work, { recursive: true, mode: 0o700 });
  const isIsolated = site.isolation.kind === 'bubblewrap';
  const localRoot = join(folder, 'root');
  const surroundings = {
    hostOf: () => '127.0.0.1',
    devices: deviceVariables(pod, site.devices),
    ...(isIsolated ? { home: work } : { localRoot }),
  };
  const environment: Record<string, string> = {
    ...podEnvironment(job, pod, process.env, surroundings),
    ...options.environment,
    DLC_LIBS: list.join('\n'),
  };
  if (!findProgram('python3', environment.PATH ?? ''))
    return failed('ThirdpartyLibs: this machine has no python3 to install them with.');

  const venv = join(folder, 'venv');
  mkdirSync(venv, { mode: 0o700 });
  const words = ['/bin/sh', '-c', script, 'install-libs', venv, libDir];
  const own = [work, venv].map((path) => ({ path, readOnly: false }));
  const scratch = join(folder, 'scratch');
  const { hidden, isolation } = site;
  const begin = (program: string, args: string[]): Promise<ChildResult> =>
    runChild(program, args, { ...options, cwd: work, environment });
  if (isolation.kind === 'none') linkMounts(localRoot, mounts);
  const { exitCode, lastWords } =
    isolation.kind === 'none'
      ? await begin('/bin/sh', words.slice(1))
      : await begin(isolation.program, [
          ...viewArguments({ scratch, hidden, own, mounts, hostname: job.jobId, cwd: work }),
          '--',
          ...words,
        ]);
  return exitCode === 0 ? undefined : failed(`pip could not install: ${lastWords}`);
}

function failed(message: string): Reason {
  return { code: 'ThirdpartyLibsFailed', message };
}
