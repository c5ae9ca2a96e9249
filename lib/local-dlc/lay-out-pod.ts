import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { slotsOf } from './cluster-variables';
import { localMountsOf } from './find-mounts';
import { deviceVariables } from './gpu-devices';
import type { JobRecord, Pod } from './job-record';
import { linkMounts } from './link-mounts';
import { followPath, type Mount } from './mount';
import { containersScript, extrasOf, hooksScript } from './pod-containers';
import { envsOf, podEnvironment } from './pod-environment';
import type { PodSite } from './pod-site';
import { viewArguments } from './pod-view';
import { readPrepared } from './prepared';
import { findProgram } from './programs';

/** What a pod's wrapper is started with. */
export type PodLayout = {
  work: string;
  environment: Record<string, string>;
  /** The program that gives the pod its view; empty without one. */
  bubblewrap: string;
};

/** Writes what the wrapper of a pod reads, and says how to start it. Does no harm where it was done before. */
export function layOutPod(site: PodSite, job: JobRecord, pod: Pod): PodLayout {
  const folder = site.podFolder(job.jobId, pod.podId);
  const work = newFolder(folder, 'work');
  const { mounts: given, venv } = readPrepared(site.jobFolder(job.jobId)) ?? { mounts: [] };
  const mounts = [...given, ...localMountsOf(job, pod), ...sharedVolumes(folder, job, pod)];
  const isolated = site.isolation.kind === 'bubblewrap';
  const command = write(folder, 'command', `${String(job.request.UserCommand)}\n`);
  const isMpi = job.request.JobType === 'MPIJob';
  const hostfile = isMpi ? write(folder, 'hostfile', hostfileOf(job, isolated)) : undefined;
  const home = isolated ? newFolder(folder, 'home') : undefined;
  const localRoot = isolated ? undefined : join(folder, 'root');
  if (localRoot) linkMounts(localRoot, mounts);

  if (home) {
    const { pythonFolder, rshAgent } = site.programs;
    const writable = [work, home, ...(venv ? [venv] : [])];
    const readable = [command, pythonFolder, rshAgent, ...(hostfile ? [hostfile] : [])];
    const hosts = write(folder, 'hosts', hostsOf(job));
    const args = viewArguments({
      scratch: newFolder(folder, 'scratch'),
      hidden: site.hidden,
      own: [
        ...writable.map((path) => ({ path, readOnly: false })),
        ...readable.map((path) => ({ path, readOnly: true })),
      ],
      mounts: [...mounts, { source: hosts, target: '/etc/hosts', readOnly: true }],
      hostname: pod.podId,
      cwd: work,
    });
    write(folder, 'view', args.map((arg) => `${arg}\0`).join(''));
  }

  const path = envsOf(job).PATH ?? process.env.PATH ?? '';
  const hasPython = venv !== undefined || findProgram('python', path) || !findProgram('python3', path);
  const programs = {
    first: venv && join(venv, 'bin'),
    last: hasPython ? undefined : site.programs.pythonFolder,
  };
  const hostOf = (peer: Pod): string => (isolated ? peer.podId : '127.0.0.1');
  const environment = podEnvironment(job, pod, process.env, {
    hostOf,
    programs,
    devices: deviceVariables(pod, site.devices),
    ...(home ? { home } : {}),
    ...(localRoot ? { localRoot } : {}),
  });
  return {
    work,
    bubblewrap: site.isolation.kind === 'bubblewrap' ? site.isolation.program : '',
    environment: {
      ...environment,
      ...(hostfile ? mpiVariables(hostfile, site.programs.rshAgent) : {}),
      DLC_CONTAINERS: containersScript(job, pod),
      DLC_HOOKS: hooksScript(job, pod),
    },
  };
}

function newFolder(...parts: string[]): string {
  const path = join(...parts);
  mkdirSync(path, { recursive: true, mode: 0o700 });
  return path;
}

function write(folder: string, name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(`${path}.next`, text, { mode: 0o600 });
  renameSync(`${path}.next`, path);
  return path;
}

function sharedVolumes(folder: string, job: JobRecord, pod: Pod): Mount[] {
  const targets = extrasOf(job, pod).SharedVolumeMountPaths ?? [];
  return targets.map((target, index) => ({
    source: newFolder(folder, 'shared', String(index)),
    target,
    readOnly: false,
  }));
}

/** The machine's own names, and those of the pods: all are at this one address. */
function hostsOf(job: JobRecord): string {
  const { there, missing } = followPath('/etc/hosts');
  const own = missing.length === 0 ? readFileSync(there, 'utf8') : '127.0.0.1 localhost\n';
  return `${own.trimEnd()}\n${job.pods.map(({ podId }) => `127.0.0.1 ${podId}\n`).join('')}`;
}

/** A launcher, the Master, runs no ranks. Without names there is one host, this machine. */
function hostfileOf(job: JobRecord, isolated: boolean): string {
  const workers = job.pods.filter(({ role }) => role === 'worker');
  if (isolated) return workers.map((pod) => `${pod.podId} slots=${slotsOf(job, pod)}\n`).join('');
  const slots = workers.reduce((sum, pod) => sum + slotsOf(job, pod), 0);
  return `127.0.0.1 slots=${slots}\n`;
}

function mpiVariables(hostfile: string, rshAgent: string): Record<string, string> {
  return { OMPI_MCA_orte_default_hostfile: hostfile, OMPI_MCA_plm_rsh_agent: rshAgent };
}
