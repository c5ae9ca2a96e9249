import { lstatSync, mkdirSync, readdirSync, readlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { namespaceArguments } from './isolation';
import { findMountPoint, isInside, type Mount, privatePlaces } from './mount';

export type View = {
  /** Empty folders that the pod may fill are made in here: its /tmp and what takes the place of others. */
  scratch: string;
  /** Folders of the server, which pods see empty but for `own`. */
  hidden: string[];
  /** What a pod sees of the server's folders, at the paths they have. */
  own: { path: string; readOnly: boolean }[];
  mounts: Mount[];
  hostname: string;
  cwd: string;
};

const devices = /^(nvidia.*|dri|kfd|infiniband|davinci.*|hisi_hdc|devmm_svm)$/;

/**
 * bubblewrap's arguments for a view: this machine read-only, and what the pod may write. No mount point can be made under
 * a read-only bind, so where one is missing an empty folder takes the parent's place and gets its children back.
 */
export function viewArguments(view: View): string[] {
  const points = view.mounts
    .map((mount) => ({ ...mount, ...findMountPoint(mount.target, view.mounts) }))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
  const bare = [...new Set(points.flatMap((point) => point.bare ?? []))].sort();
  return [
    ...namespaceArguments(),
    ...(view.hostname.length <= 64 ? ['--hostname', view.hostname] : []),
    ...(bare.includes('/') ? childrenOf('/') : ['--ro-bind', '/', '/']),
    ...['--proc', '/proc', '--dev', '/dev'],
    ...namesIn('/dev')
      .filter((name) => devices.test(name))
      .flatMap((name) => ['--dev-bind-try', `/dev/${name}`, `/dev/${name}`]),
    ...['--bind', newFolder(view.scratch, 'tmp'), '/tmp'],
    ...bare
      .filter((folder) => folder !== '/')
      .flatMap((folder, index) => [
        ...['--bind', newFolder(view.scratch, `over-${index}`), folder],
        ...childrenOf(folder),
      ]),
    ...view.hidden.filter((folder) => !isInside(folder, '/tmp')).flatMap((folder) => ['--tmpfs', folder]),
    ...view.own.flatMap(({ path, readOnly }) => [readOnly ? '--ro-bind' : '--bind', path, path]),
    ...points.flatMap(({ source, path, readOnly }) => [readOnly ? '--ro-bind' : '--bind', source, path]),
    ...['--chdir', view.cwd],
  ];
}

function newFolder(scratch: string, name: string): string {
  const path = join(scratch, name);
  mkdirSync(path, { recursive: true });
  return path;
}

/** A folder's children, links as links, read-only at their own paths. */
function childrenOf(folder: string): string[] {
  return namesIn(folder).flatMap((name) => {
    const path = join(folder, name);
    if (dirname(path) === '/' && privatePlaces.includes(path)) return [];
    try {
      return lstatSync(path).isSymbolicLink()
        ? ['--symlink', readlinkSync(path), path]
        : ['--ro-bind-try', path, path];
    } catch {
      return [];
    }
  });
}

/** Nothing where a folder cannot be read: its children are out of the pod's reach too. */
export function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
