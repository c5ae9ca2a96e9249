import { join } from 'node:path';
import { clusterVariables, type HostOf } from './cluster-variables';
import type { JobRecord, Pod } from './job-record';

const allowed = /^(PATH|HOME|USER|LOGNAME|LANG|LANGUAGE|LC_[A-Z]+|TZ|TMPDIR|CUDA_VISIBLE_DEVICES)$/;

/** The wrapper's own shell would trip over these before it runs anything. */
const shellOwn = new Set(['OPTIND', 'SHELLOPTS', 'BASHOPTS']);

/** Every process of a pod carries this variable; pod-processes.ts finds them by it. */
export const podCookie = 'DLC_POD_ID';

const usualPath = '/usr/local/bin:/usr/bin:/bin';

/** What a pod's environment says of the place it runs in. */
export type Surroundings = {
  hostOf: HostOf;
  /** With a view of the file system of its own: the folder that is its HOME. */
  home?: string;
  /** Without one: the folder below which its mounts are. */
  localRoot?: string;
  /** What tells it of its GPUs. Envs goes before it: as in the cloud, a job may narrow what it sees. */
  devices?: Record<string, string>;
  /** Folders that go before and behind those of PATH. */
  programs?: { first?: string | undefined; last?: string | undefined };
};

/**
 * A pod's environment: an allow-list of the server's, its GPUs, then Envs, then what DLC sets itself (dlc-api.md §7), which wins
 * as in the cloud.
 */
export function podEnvironment(
  job: JobRecord,
  pod: Pod,
  server: NodeJS.ProcessEnv,
  { hostOf, home, localRoot, devices = {}, programs = {} }: Surroundings,
): Record<string, string> {
  const environment: Record<string, string> = {};
  for (const [name, value] of Object.entries(server))
    if (value !== undefined && allowed.test(name)) environment[name] = value;
  if (home) {
    // What was installed for the server's user stays importable from another home.
    if (environment.HOME) environment.PYTHONUSERBASE = join(environment.HOME, '.local');
    environment.HOME = home;
    delete environment.TMPDIR;
  }
  Object.assign(environment, devices);
  for (const [name, value] of Object.entries(envsOf(job))) environment[name] = value;
  const path = [programs.first, environment.PATH ?? usualPath, programs.last].filter(Boolean).join(':');
  return {
    ...environment,
    ...(programs.first || programs.last ? { PATH: path } : {}),
    ...clusterVariables(job, pod, hostOf),
    ...(localRoot ? { DLC_LOCAL_ROOT: localRoot } : {}),
    DLC_JOB_ID: job.jobId,
    PAI_TASK_ROLE: pod.role,
    PAI_WORKSPACE_ID: job.workspaceId,
    [podCookie]: pod.podId,
  };
}

function customEnvsOf({ request }: JobRecord): [string, unknown][] {
  const list: { Key?: string; Value?: unknown }[] = Array.isArray(request.CustomEnvs)
    ? request.CustomEnvs
    : [];
  return list.map(({ Key = '', Value }) => [Key, Value ?? '']);
}

/** A job's Envs and CustomEnvs. */
export function envsOf(job: JobRecord): Record<string, string> {
  const given = [...Object.entries(job.request.Envs ?? {}), ...customEnvsOf(job)];
  return Object.fromEntries(
    given.filter(
      (entry): entry is [string, string] => typeof entry[1] === 'string' && !shellOwn.has(entry[0]),
    ),
  );
}
