import { tmpdir } from 'node:os';
import { describe, expect, it } from 'vitest';
import { findNetworkFileSystem } from './file-system';

const here = tmpdir();

function on(type: number, mounts = '') {
  return findNetworkFileSystem(here, { type: () => type, mounts: () => mounts });
}

describe('a folder', () => {
  it('of this machine is on no network', () => {
    expect(findNetworkFileSystem(here)).toBeUndefined();
    expect(findNetworkFileSystem('/proc')).toBeUndefined();
  });

  it.each([
    ['ext4', 0xef53],
    ['XFS', 0x58465342],
    ['btrfs', 0x9123683e],
    ['a container’s layers', 0x794c7630],
    ['memory', 0x01021994],
    ['ZFS', 0x2fc12fc1],
  ])('on %s is taken', (_name, type) => expect(on(type)).toBeUndefined());

  it.each([
    ['NFS', 0x6969],
    ['SMB', 0x517b],
    ['SMB', 0xfe534d42],
    ['CIFS', 0xff534d42],
    ['CIFS', 0xff534d42 | 0],
    ['9p', 0x01021997],
    ['Ceph', 0x00c36400],
    ['Lustre', 0x0bd00bd0],
  ])('on %s is not (%i)', (name, type) => expect(on(type)).toBe(name));

  it.each([
    ['fuse.sshfs', 'fuse.sshfs'],
    ['fuse.gcsfuse', 'fuse.gcsfuse'],
    ['fuseblk', undefined],
    ['fuse.fuse-overlayfs', undefined],
  ])('on %s is judged by the mount that holds it', (type, expected) => {
    const mounts = `/dev/sda / ext4 rw 0 0\nme@host:/x ${here} ${type} rw 0 0\nx ${here}\\040y fuse.other rw 0 0\n`;
    expect(on(0x65735546, mounts)).toBe(expected);
  });
});
