import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { LocalDlc } from './start';
import * as client from './test-client';

/** For tests only: what jobs are prepared with, and what becomes of them. */
export const wait = { timeout: 18_000, interval: 50 };

function git(folder: string, ...args: string[]): string {
  const identity = ['-c', 'user.name=t', '-c', 'user.email=t@example.com', '-c', 'commit.gpgsign=false'];
  return execFileSync('git', [...identity, ...args], { cwd: folder, encoding: 'utf8' }).trim();
}

/** Two commits on main, one more on a branch; each has its name in `which`. */
export function newRepository(): { folder: string; first: string } {
  const folder = client.newDataDir();
  const commit = (name: string): string => {
    writeFileSync(join(folder, 'which'), `${name}\n`);
    git(folder, 'add', '.');
    git(folder, 'commit', '-qm', name);
    return git(folder, 'rev-parse', 'HEAD');
  };
  git(folder, 'init', '-q', '-b', 'main');
  const first = commit('first');
  commit('second');
  git(folder, 'checkout', '-qb', 'feature');
  commit('third');
  git(folder, 'checkout', '-q', 'main');
  return { folder, first };
}

export async function outcome(dlc: LocalDlc, jobId: string): Promise<Record<string, unknown>> {
  await expect
    .poll(async () => /Succeeded|Failed/.test(String(await client.statusOf(dlc, jobId))), wait)
    .toBe(true);
  return client.read(dlc, jobId);
}

export async function run(dlc: LocalDlc, changes: Record<string, unknown>): Promise<Record<string, unknown>> {
  return outcome(dlc, await client.createId(dlc, changes));
}

export async function logsOf(dlc: LocalDlc, job: Record<string, unknown>): Promise<unknown> {
  return client.logsOf(dlc, String(job.JobId));
}

/** A wheel is a zip; python writes it. */
export function newWheel(): string {
  const folder = client.newDataDir('/var/tmp');
  execFileSync('python3', ['-c', wheelScript], { cwd: folder });
  return folder;
}

const wheelScript = `
import zipfile
info = 'jobwright_probe-1.0.dist-info'
with zipfile.ZipFile('jobwright_probe-1.0-py3-none-any.whl', 'w') as wheel:
    wheel.writestr('jobwright_probe.py', 'WORD = "installed"\\n')
    wheel.writestr(info + '/METADATA', 'Metadata-Version: 2.1\\nName: jobwright-probe\\nVersion: 1.0\\n')
    wheel.writestr(info + '/WHEEL', 'Wheel-Version: 1.0\\nGenerator: t\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n')
    wheel.writestr(info + '/RECORD', '')
`;
