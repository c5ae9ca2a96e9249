import { execFile, execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { promisify } from 'node:util';

/** A living process. `cpuSeconds` counts the children it has waited for too, so that a pod's sum loses none of them. */
export type ProcessRow = {
  pid: number;
  parent: number;
  group: number;
  /** 0 where it cannot be told. */
  session: number;
  cpuSeconds: number;
  rssBytes: number;
};

const ticksPerSecond = 100;

export function readProcesses(): Promise<ProcessRow[]> {
  return process.platform === 'linux' ? Promise.resolve(fromProc()) : fromPs();
}

let pageBytes: number | undefined;

function fromProc(): ProcessRow[] {
  pageBytes ??= readPageBytes();
  const page = pageBytes;
  return readdirSync('/proc').flatMap((name) => {
    if (!/^\d+$/.test(name)) return [];
    try {
      return parseStat(Number(name), readFileSync(`/proc/${name}/stat`, 'latin1'), page);
    } catch {
      return [];
    }
  });
}

/** proc(5): counted from behind the name, which may hold spaces and brackets, the state is field 0. */
export function parseStat(pid: number, stat: string, page: number): ProcessRow[] {
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  if (fields[0] === 'Z' || fields[0] === 'X') return [];
  const [parent = 0, group = 0, session = 0] = fields.slice(1, 4).map(Number);
  const ticks = fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0);
  const rssBytes = Number(fields[21]) * page;
  return [{ pid, parent, group, session, cpuSeconds: ticks / ticksPerSecond, rssBytes }];
}

function readPageBytes(): number {
  try {
    return Number(execFileSync('getconf', ['PAGESIZE'], { encoding: 'utf8' })) || 4_096;
  } catch {
    return 4_096;
  }
}

async function fromPs(): Promise<ProcessRow[]> {
  const wanted = ['-A', '-o', 'pid=,ppid=,pgid=,rss=,time='];
  const { stdout } = await promisify(execFile)('ps', wanted, { env: { ...process.env, LC_ALL: 'C' } });
  return parsePs(stdout);
}

/** Lines of `pid ppid pgid rss(KiB) time`, the last as `[[dd-]hh:]mm:ss[.cc]`. */
export function parsePs(text: string): ProcessRow[] {
  return text.split('\n').flatMap((line) => {
    const [pid, parent, group, kib, time] = line.trim().split(/\s+/);
    const [, days = '0', hours = '0', minutes, seconds] =
      /^(?:(\d+)-)?(?:(\d+):)?(\d+):(\d+(?:\.\d+)?)$/.exec(time ?? '') ?? [];
    if (!pid || !parent || !group || !kib || !minutes || !seconds) return [];
    const cpuSeconds = ((Number(days) * 24 + Number(hours)) * 60 + Number(minutes)) * 60 + Number(seconds);
    return [
      {
        pid: Number(pid),
        parent: Number(parent),
        group: Number(group),
        session: 0,
        cpuSeconds,
        rssBytes: Number(kib) * 1_024,
      },
    ];
  });
}
