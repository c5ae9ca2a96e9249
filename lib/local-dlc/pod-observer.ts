import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { capLog, defaultLogCap, type LogCap } from './cap-log';
import { hasCode } from './durable-file';
import { isFinished } from './job-record';
import type { JobStore } from './job-store';
import { noteSize, shiftTimes } from './log-times';
import { newPodMeter } from './pod-meter';

export type PodObserverOptions = {
  store: JobStore;
  clock: () => number;
  log: (line: string) => void;
  logCap?: LogCap | undefined;
  meterEveryMs?: number | undefined;
};

const everyMs = 1_000;

/** Once a second: how far each output has grown, whether it has to be cut, and now and then what its pod uses. */
export function startPodObserver(options: PodObserverOptions): { close(): Promise<void> } {
  const { store, clock, log, logCap = defaultLogCap, meterEveryMs = 2_000 } = options;
  const meter = newPodMeter(store.podFolder);
  const sizes = new Map<string, { size: number; at: number }>();
  let observed = new Set<string>();
  let metered = Number.NEGATIVE_INFINITY;
  let complaint = '';

  async function observeOutput(path: string): Promise<void> {
    const size = await sizeOf(path);
    if (size === undefined) return;
    const now = clock();
    const last = sizes.get(path);
    sizes.set(path, { size, at: now });
    if (size === last?.size) return;
    // So that what came after a pause is not taken for older than it is.
    if (last) await noteSize(`${path}.times`, last.at, last.size);
    await noteSize(`${path}.times`, now, size);
    const cut = await capLog(path, logCap);
    if (cut) await shiftTimes(`${path}.times`, cut.cut, cut.notice);
  }

  async function observe(): Promise<void> {
    const jobs = store.active().filter(({ status }) => status === 'Running' || status === 'Stopping');
    // A job that has just ended is looked at once more, for what it wrote last.
    const ended = [...observed].flatMap((jobId) => store.get(jobId) ?? []).filter(isFinished);
    observed = new Set(jobs.map(({ jobId }) => jobId));
    const paths = [...jobs, ...ended].flatMap(({ jobId, pods }) =>
      pods.map(({ podId }) => join(store.podFolder(jobId, podId), 'log')),
    );
    for (const path of sizes.keys()) if (!paths.includes(path)) sizes.delete(path);
    for (const path of paths) await observeOutput(path);
    if (performance.now() - metered < meterEveryMs - everyMs / 2) return;
    metered = performance.now();
    await meter.measure(jobs, clock());
  }

  let observing: Promise<void> | undefined;
  const timer = setInterval(() => {
    observing ??= observe()
      .then(() => {
        complaint = '';
      })
      .catch((error: unknown) => {
        // A full disk would say the same each second; a job deleted meanwhile is none of our concern.
        if (complaint !== String(error) && !hasCode(error, 'ENOENT'))
          log(`The local DLC could not look after an output: ${String(error)}`);
        complaint = String(error);
      })
      .finally(() => {
        observing = undefined;
      });
  }, everyMs).unref();

  return {
    async close() {
      clearInterval(timer);
      await observing;
    },
  };
}

async function sizeOf(path: string): Promise<number | undefined> {
  try {
    return (await stat(path)).size;
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return undefined;
    throw error;
  }
}
