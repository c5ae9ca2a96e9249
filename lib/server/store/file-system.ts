import 'server-only';
import { readFileSync, realpathSync, statfsSync } from 'node:fs';

export type FileSystemReader = {
  /** The magic number of statfs(2). */
  type(path: string): number;
  /** As /proc/self/mounts. */
  mounts(): string;
};

const linux: FileSystemReader = {
  type: (path) => (process.platform === 'linux' ? statfsSync(path).type : 0),
  mounts: () => readFileSync('/proc/self/mounts', 'utf8'),
};

const fuse = 0x65735546;

// Of linux/magic.h and statfs(2).
const network = new Map([
  [0x6969, 'NFS'],
  [0x517b, 'SMB'],
  [0xfe534d42, 'SMB'],
  [0xff534d42, 'CIFS'],
  [0x01021997, '9p'],
  [0x00c36400, 'Ceph'],
  [0x0bd00bd0, 'Lustre'],
  [0x47504653, 'GPFS'],
  [0x19830326, 'BeeGFS'],
  [0x5346414f, 'AFS'],
  [0x6b414653, 'AFS'],
  [0x73757245, 'Coda'],
  [0x564c, 'NCP'],
  [0x20030528, 'OrangeFS'],
  [0x01161970, 'GFS2'],
  [0x7461636f, 'OCFS2'],
  [0x786f4256, 'VirtualBox'],
  [0xbacbacbc, 'VMware'],
  [0x7c7c6673, 'Parallels'],
]);

// Of those that run as programs, these are on disks of this machine; sshfs, s3fs, gcsfuse and the like are not.
const localFuse = /^(fuseblk|fuse\.(fuse-overlayfs|ntfs(-3g)?|exfat|mergerfs|bindfs|lxcfs))$/;

/**
 * The network file system a folder is on; undefined on a disk of this machine. There, locks and shared memory, by
 * which SQLite keeps two writers apart, do not reach the other machines: two of them would ruin the file.
 */
export function findNetworkFileSystem(dir: string, reader: FileSystemReader = linux): string | undefined {
  // Numbers above 2^31 come out negative where a long has 32 bits.
  const type = reader.type(dir) >>> 0;
  if (type !== fuse) return network.get(type);
  const name = findMount(realpathSync(dir), reader.mounts());
  return localFuse.test(name) ? undefined : name;
}

/** The type of the mount that holds the folder. */
function findMount(dir: string, mounts: string): string {
  let found = { point: '', type: 'fuse' };
  for (const line of mounts.split('\n')) {
    const [, escaped = '', type = ''] = line.split(' ');
    const point = escaped.replace(/\\([0-7]{3})/g, (_, digits) =>
      String.fromCharCode(Number.parseInt(digits, 8)),
    );
    const holds = point === '/' || dir === point || dir.startsWith(`${point}/`);
    // The last of two on one point hides the other.
    if (point && holds && point.length >= found.point.length) found = { point, type };
  }
  return found.type;
}
