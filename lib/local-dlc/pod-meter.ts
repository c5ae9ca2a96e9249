import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readIfThere } from './durable-file';
import type { JobRecord, Pod } from './job-record';
import { podCookie } from './pod-environment';
import { type ProcessRow, readProcesses } from './process-table';
import { appendRow } from './sample-file';

export type PodUsage = { cpuSeconds: number; rssBytes: number };

/** Beside a pod's log: rows of (ms, cores, bytes). */
export const usageFile = 'usage';
export const usageColumns = 3;

export type PodMeter = {
  /** Writes down what each running pod uses: its cores since the last time, its memory now. */
  measure(jobs: JobRecord[], now: number): Promise<void>;
};

export function newPodMeter(folderOf: (jobId: string, podId: string) => string): PodMeter {
  const last = new Map<string, { at: number; cpuSeconds: number }>();

  return {
    async measure(jobs, now) {
      const pods = jobs.flatMap((job) =>
        job.pods.filter(({ status }) => status === 'Running').map((pod) => ({ job, pod })),
      );
      const living = new Set(pods.map(({ pod }) => pod.podId));
      for (const podId of last.keys()) if (!living.has(podId)) last.delete(podId);
      if (pods.length === 0) return;
      const wrappers = new Map(
        pods.flatMap(({ job, pod }) => {
          const claim = readIfThere(join(folderOf(job.jobId, pod.podId), 'claim'));
          const pid = Number(claim?.split('\n')[0]);
          return pid > 0 ? [[pid, pod.podId] as const] : [];
        }),
      );
      const used = sumByPod(await readProcesses(), wrappers, living);
      for (const { job, pod } of pods) {
        const usage = used.get(pod.podId);
        if (!usage) continue;
        const cores = coresOf(pod, usage, now);
        last.set(pod.podId, { at: now, cpuSeconds: usage.cpuSeconds });
        if (cores === undefined) continue;
        const path = join(folderOf(job.jobId, pod.podId), usageFile);
        await appendRow(path, [now, cores, usage.rssBytes]);
      }
    },
  };

  /** A pod seen for the first time is counted from its start. */
  function coresOf({ podId, startedAt }: Pod, { cpuSeconds }: PodUsage, now: number): number | undefined {
    const before =
      last.get(podId) ?? (startedAt === undefined ? undefined : { at: startedAt, cpuSeconds: 0 });
    if (!before || now - before.at < 100) return undefined;
    return Math.max(0, cpuSeconds - before.cpuSeconds) / ((now - before.at) / 1_000);
  }
}

/** A process belongs to the pod whose wrapper leads its session or group, whose process begot it, or whose cookie it carries. */
export function sumByPod(
  rows: ProcessRow[],
  wrappers: ReadonlyMap<number, string>,
  podIds: ReadonlySet<string>,
  cookieOf: (pid: number) => string | undefined = readCookie,
): Map<string, PodUsage> {
  const byPid = new Map(rows.map((row) => [row.pid, row]));
  const owners = new Map<number, string | undefined>();
  const ownerOf = (row: ProcessRow): string | undefined => {
    if (owners.has(row.pid)) return owners.get(row.pid);
    owners.set(row.pid, undefined);
    const parent = byPid.get(row.parent);
    const owner =
      wrappers.get(row.pid) ??
      wrappers.get(row.session) ??
      wrappers.get(row.group) ??
      (parent && ownerOf(parent)) ??
      // What left its session and lost its parent still has its environment.
      (row.parent === 1 ? cookieOf(row.pid) : undefined);
    owners.set(row.pid, owner);
    return owner;
  };
  const sums = new Map<string, PodUsage>();
  for (const row of rows) {
    const podId = ownerOf(row);
    if (podId === undefined || !podIds.has(podId)) continue;
    const sum = sums.get(podId) ?? { cpuSeconds: 0, rssBytes: 0 };
    sums.set(podId, { cpuSeconds: sum.cpuSeconds + row.cpuSeconds, rssBytes: sum.rssBytes + row.rssBytes });
  }
  return sums;
}

function readCookie(pid: number): string | undefined {
  try {
    const variables = readFileSync(`/proc/${pid}/environ`, 'latin1').split('\0');
    return variables.find((variable) => variable.startsWith(`${podCookie}=`))?.slice(podCookie.length + 1);
  } catch {
    return undefined;
  }
}
