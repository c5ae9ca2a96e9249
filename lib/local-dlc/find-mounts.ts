import { existsSync, statSync } from 'node:fs';
import { isAbsolute, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as z from 'zod';
import { complainOfFolder, complainOfMountPath, toMountPath } from './complain-of-path';
import { type JobRecord, noReason, type Pod, type Reason } from './job-record';
import { isNested } from './link-mounts';
import { findMountPoint, isInside, type Mount, privatePlaces } from './mount';
import { extrasOf } from './pod-containers';
import { specOf } from './pod-plan';
import type { PodSite } from './pod-site';
import { namesIn } from './pod-view';
import type { Registry } from './registry';

const text = z.string().nullish();
const sourcesSchema = z
  .array(z.object({ DataSourceId: text, Uri: text, MountPath: text, MountAccess: text }))
  .nullish();

/** bubblewrap takes at most 9000 arguments, and a child that is given back is three. */
const maxChildren = 2_000;

export type Found<T> = { value: T } | { reason: Reason };

function failure(code: string, message: string): { reason: Reason } {
  return { reason: { ...noReason, code, message } };
}

/** The data sources of a job as mounts, or why one of them cannot be mounted. */
export function findMounts(job: JobRecord, registry: Registry, hidden: string[]): Found<Mount[]> {
  const mounts: Mount[] = [];
  for (const [at, source] of (sourcesSchema.safeParse(job.request.DataSources).data ?? []).entries()) {
    const name = `DataSources[${at}]`;
    const dataset = source.DataSourceId ? registry.find('datasets', source.DataSourceId) : undefined;
    if (source.DataSourceId && !dataset)
      return failure(
        'DataSourceNotFound',
        `${name}.DataSourceId: no data source ${source.DataSourceId} is registered with this local DLC.`,
      );
    const folder = dataset?.folder ?? folderOfUri(source.Uri ?? '');
    if (folder === undefined)
      return failure(
        'DataSourceNotSupported',
        `${name}.Uri: ${source.Uri} cannot be mounted here; the local DLC mounts file:///absolute/folder.`,
      );
    const target = source.MountPath || dataset?.mountPath;
    if (!target) return failure('InvalidParameter', `${name}.MountPath: must be given together with Uri.`);
    const complaint = complainOfFolder(folder, hidden) ?? complainOfMountPath(target, hidden);
    if (complaint) return failure('MountFailed', `${name} could not be mounted: ${complaint}.`);
    const readOnly = source.MountAccess === 'RO' || dataset?.readOnly === true;
    mounts.push({ source: folder, target: toMountPath(target), readOnly });
  }
  return { value: mounts };
}

function folderOfUri(uri: string): string | undefined {
  try {
    const path = uri.startsWith('file:///') ? fileURLToPath(uri) : undefined;
    return path && isAbsolute(path) ? path : undefined;
  } catch {
    return undefined;
  }
}

const localSchema = z
  .array(z.object({ LocalPath: z.string(), MountPath: z.string() }))
  .nullish()
  .catch(undefined);

/** Folders of the node, which is this machine, that a pod's role mounts with LocalMountSpecs. */
export function localMountsOf(job: JobRecord, pod: Pod): Mount[] {
  return (localSchema.parse(specOf(job, pod)?.LocalMountSpecs) ?? []).map(({ LocalPath, MountPath }) => ({
    source: LocalPath,
    target: toMountPath(MountPath),
    readOnly: false,
  }));
}

/** Why the mounts of a job, and those of its roles, cannot be made side by side, or undefined. */
export function complainOfMounts(job: JobRecord, mounts: Mount[], site: PodSite): Reason | undefined {
  const roles = new Map(job.pods.map((pod) => [pod.role, pod]));
  for (const pod of roles.values()) {
    const local = localMountsOf(job, pod);
    for (const { source, target } of local) {
      const complaint = complainOfFolder(source, site.hidden) ?? complainOfMountPath(target, site.hidden);
      if (complaint) return failed(`LocalMountSpecs: ${complaint}.`);
    }
    const shared = extrasOf(job, pod).SharedVolumeMountPaths ?? [];
    for (const path of shared) {
      const complaint = complainOfMountPath(path, site.hidden);
      if (complaint) return failed(`SharedVolumeMountPaths: ${complaint}.`);
    }
    const empty = shared.map((path) => ({ source: '', target: toMountPath(path), readOnly: false }));
    const complaint = complainOfPlaces([...mounts, ...local, ...empty], site);
    if (complaint) return complaint;
  }
  return undefined;
}

function complainOfPlaces(all: Mount[], site: PodSite): Reason | undefined {
  for (const [at, { target }] of all.entries()) {
    if (all.slice(0, at).some((earlier) => earlier.target === target))
      return failed(`Two things are to be mounted at ${target}.`);
    if (site.isolation.kind === 'none') {
      if (isNested(target, all))
        return failed(`Without bubblewrap ${target} cannot be mounted inside another mount.`);
      continue;
    }
    const complaint = complainOfPoint(target, all);
    if (complaint) return failed(complaint);
  }
  return undefined;
}

function failed(message: string): Reason {
  return { code: 'MountFailed', message };
}

function complainOfPoint(target: string, all: Mount[]): string | undefined {
  const outer = all.find((other) => other.target !== target && isInside(target, other.target));
  if (outer?.readOnly && !existsSync(join(outer.source, relative(outer.target, target))))
    return `${target} cannot be mounted: what is mounted at ${outer.target} is read-only and has no such folder.`;
  if (privatePlaces.some((place) => isInside(target, place)) || outer) return undefined;
  const { path, bare } = findMountPoint(target, all);
  const isFolder = statSync(bare ?? path, { throwIfNoEntry: false })?.isDirectory() ?? true;
  if (!isFolder) return `${target} cannot be mounted: ${bare ?? path} is a file of this machine.`;
  if (bare && namesIn(bare).length > maxChildren)
    return `${target} cannot be mounted: make that folder on this machine first, for ${bare} holds too many files to be shown beside it.`;
  return undefined;
}
