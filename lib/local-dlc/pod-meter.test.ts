import { describe, expect, it } from 'vitest';
import { sumByPod } from './pod-meter';
import { type ProcessRow, parsePs, parseStat, readProcesses } from './process-table';

function row(pid: number, parent: number, session = 0, group = 0): ProcessRow {
  return { pid, parent, group, session, cpuSeconds: pid, rssBytes: pid * 10 };
}

describe('the processes of a pod', () => {
  const wrappers = new Map([
    [100, 'a'],
    [200, 'b'],
  ]);
  const podIds = new Set(['a', 'b']);
  const sum = (rows: ProcessRow[], cookies: Record<number, string> = {}) =>
    sumByPod(rows, wrappers, podIds, (pid) => cookies[pid]);

  it.each([
    ['the wrapper', row(100, 1)],
    ['what is in its session', row(101, 1, 100)],
    ['what is in its group', row(102, 1, 0, 100)],
  ])('are %s', (_what, process) => {
    expect(sum([process, row(300, 1)])).toEqual(
      new Map([['a', { cpuSeconds: process.pid, rssBytes: process.pid * 10 }]]),
    );
  });

  it('are what they begot, in sessions of their own too', () => {
    expect(sum([row(301, 300, 300), row(300, 200, 300), row(200, 1)]).get('b')?.cpuSeconds).toBe(801);
  });

  it('are orphans that carry the cookie, and what these begot', () => {
    expect(sum([row(400, 1, 400), row(401, 400, 400)], { 400: 'b' }).get('b')?.cpuSeconds).toBe(801);
    expect(sum([row(400, 1, 400)], { 400: 'of another data directory' }).size).toBe(0);
  });
});

describe('the table of processes', () => {
  it('is read from /proc', () => {
    const numbers = Array.from({ length: 49 }, (_, at) => String(at + 4));
    const stat = `7 (a (b) c) S ${numbers.join(' ')}`;
    expect(parseStat(7, stat, 4096)).toEqual([
      { pid: 7, parent: 4, group: 5, session: 6, cpuSeconds: (14 + 15 + 16 + 17) / 100, rssBytes: 24 * 4096 },
    ]);
    expect(parseStat(7, stat.replace(' S ', ' Z '), 4096)).toEqual([]);
  });

  it('is read from ps', () => {
    expect(parsePs('  7     1     7  2048   0:01.50\n 8 7 7 4 1-02:03:04\nnonsense\n')).toEqual([
      { pid: 7, parent: 1, group: 7, session: 0, cpuSeconds: 1.5, rssBytes: 2_097_152 },
      { pid: 8, parent: 7, group: 7, session: 0, cpuSeconds: 93_784, rssBytes: 4_096 },
    ]);
  });

  it('knows this process', async () => {
    const mine = (await readProcesses()).find(({ pid }) => pid === process.pid);
    expect(mine?.parent).toBe(process.ppid);
    const { user, system } = process.cpuUsage();
    expect(Math.abs((mine?.cpuSeconds ?? 0) - (user + system) / 1e6)).toBeLessThan(30);
    expect(mine?.rssBytes).toBeGreaterThan(process.memoryUsage().rss / 3);
  });
});
