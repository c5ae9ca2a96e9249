import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A PostgreSQL server of a test's own, on a socket in a directory of its own. */
export type Postgres = {
  url: string;
  dir: string;
  /** Of the postmaster. */
  pid(): number;
  start(): Promise<void>;
  /** `immediate` leaves a recovery to the next start, as a crash does. */
  stop(mode?: 'fast' | 'immediate'): Promise<void>;
  /** Stops every process of the server where it is, or lets them go on. */
  signalAll(signal: 'SIGSTOP' | 'SIGCONT'): void;
  /** Makes a folder the server's own. */
  give(dir: string): void;
  remove(): Promise<void>;
};

const installed = '/usr/lib/postgresql';

/** Where initdb and postgres are; undefined where no server is installed. */
export function findPostgres(): string | undefined {
  if (!existsSync(installed)) return undefined;
  const versions = readdirSync(installed).sort((a, b) => Number(b) - Number(a));
  return versions.map((one) => join(installed, one, 'bin')).find((bin) => existsSync(join(bin, 'initdb')));
}

/** Made, started and empty. `settings` as in postgresql.conf. */
export async function startPostgres(settings: Record<string, string> = {}): Promise<Postgres> {
  const bin = findPostgres();
  if (!bin) throw new Error('PostgreSQL is not installed.');
  const dir = mkdtempSync(join(tmpdir(), 'jobwright-pg-'));
  const data = join(dir, 'data');
  // The server refuses to be root.
  const user = process.getuid?.() === 0 ? nobody() : undefined;
  if (user) chownSync(dir, user.uid, user.gid);
  const made = ['-D', data, '-U', 'jobwright', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync'];
  execFileSync(join(bin, 'initdb'), made, { ...user, cwd: dir, stdio: 'ignore' });
  const own = { listen_addresses: '', unix_socket_directories: dir, ...settings };
  const args = ['-D', data, ...Object.entries(own).flatMap(([name, value]) => ['-c', `${name}=${value}`])];
  let server: ChildProcess | undefined;

  function pid(): number {
    if (server?.pid === undefined) throw new Error('PostgreSQL is not running.');
    return server.pid;
  }

  async function start(): Promise<void> {
    const child = spawn(join(bin ?? '', 'postgres'), args, {
      ...user,
      cwd: dir,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    server = child;
    const leave = () => child.kill('SIGQUIT');
    process.once('exit', leave);
    child.once('exit', () => process.off('exit', leave));
    let log = '';
    await new Promise<void>((resolve, reject) => {
      child.stderr.on('data', (chunk) => {
        log += chunk;
        if (/ready to accept (read-only )?connections/.test(log)) resolve();
      });
      child.once('error', reject);
      child.once('exit', () => reject(new Error(`PostgreSQL did not start: ${log}`)));
    });
  }

  async function stop(mode: 'fast' | 'immediate' = 'fast'): Promise<void> {
    if (!server || server.exitCode !== null || server.signalCode !== null) return;
    const gone = once(server, 'exit');
    server.kill(mode === 'fast' ? 'SIGINT' : 'SIGQUIT');
    await gone;
  }

  await start();
  return {
    url: `postgres://jobwright@/postgres?host=${encodeURIComponent(dir)}`,
    dir,
    pid,
    start,
    stop,
    signalAll(signal) {
      for (const one of [pid(), ...childrenOf(pid())]) process.kill(one, signal);
    },
    give(folder) {
      if (user) chownSync(folder, user.uid, user.gid);
    },
    async remove() {
      await stop('immediate');
      rmSync(dir, { recursive: true });
    },
  };
}

function nobody(): { uid: number; gid: number } {
  const id = (flag: string) => Number(execFileSync('id', [flag, 'nobody']));
  return { uid: id('-u'), gid: id('-g') };
}

function childrenOf(parent: number): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && parentOf(name) === parent)
    .map(Number);
}

function parentOf(pid: string): number | undefined {
  try {
    // The name before it may hold anything, brackets included.
    return Number(readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ')[1]);
  } catch {
    return undefined;
  }
}
