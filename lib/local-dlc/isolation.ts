import { spawn } from 'node:child_process';
import { findProgram } from './programs';

/** `bubblewrap`: each pod has a view of the file system of its own. `none`: pods see the machine as the server does. */
export type Isolation = { kind: 'bubblewrap'; program: string } | { kind: 'none' };

export const noIsolation: Isolation = { kind: 'none' };

const probeMs = 5_000;

/** What a container's root may do, without what would let it see through its view (CAP_SYS_ADMIN). */
const capabilities = [
  'CHOWN',
  'DAC_OVERRIDE',
  'FOWNER',
  'FSETID',
  'KILL',
  'NET_BIND_SERVICE',
  'SETGID',
  'SETUID',
  'SYS_CHROOT',
];

/** How bubblewrap is run, whatever the view. It ends with its parent, which is the pod's wrapper. */
export function namespaceArguments(): string[] {
  const isRoot = process.getuid?.() === 0;
  return [
    ...['--unshare-pid', '--unshare-ipc', '--unshare-uts', '--die-with-parent'],
    ...(isRoot ? ['--cap-drop', 'ALL', ...capabilities.flatMap((name) => ['--cap-add', `CAP_${name}`])] : []),
  ];
}

/** Whether pods can be isolated here: found out by isolating something, for many containers hold a bwrap that cannot. */
export async function findIsolation(path = process.env.PATH ?? ''): Promise<Isolation> {
  if (process.platform !== 'linux') return noIsolation;
  const program = findProgram('bwrap', path);
  if (!program) return noIsolation;
  const view = ['--ro-bind', '/', '/', '--dev', '/dev', '--proc', '/proc', '--tmpfs', '/tmp'];
  const args = [...namespaceArguments(), '--hostname', 'probe', ...view, '--', '/bin/sh', '-c', 'exit 42'];
  return (await exitCodeOf(program, args)) === 42 ? { kind: 'bubblewrap', program } : noIsolation;
}

function exitCodeOf(program: string, args: string[]): Promise<number | null> {
  return new Promise((resolve) => {
    const child = spawn(program, args, {
      stdio: 'ignore',
      cwd: '/',
      timeout: probeMs,
      killSignal: 'SIGKILL',
    });
    child.on('error', () => resolve(null));
    child.on('exit', resolve);
  });
}
