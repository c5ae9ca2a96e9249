import { join } from 'node:path';
import { type Answer, done, type Read, refuse, refuseParameter } from './answer';
import { findJob } from './jobs';
import type { Cloud, Question } from './operation';
import { usageColumns, usageFile } from './pod-meter';
import { type Query, readQuery, readSeconds } from './query';
import { readRows } from './sample-file';

/** Which number of a row each type is: cores and bytes. The others are not measured here and have no points. */
const columnOf: Record<string, number | undefined> = {
  CpuCoreUsage: 1,
  MemoryUsage: 2,
  GpuCoreUsage: undefined,
  GpuMemoryUsage: undefined,
  NetworkInputRate: undefined,
  NetworkOutputRate: undefined,
  DiskReadRate: undefined,
  DiskWriteRate: undefined,
};

const secondsOf: Record<string, number> = { s: 1, m: 60, h: 3_600, d: 86_400 };
const maxPoints = 10_000;

/** dlc-api.md §2.6: each point is the mean over its step and bears the step's beginning. */
export async function getJobMetrics(cloud: Cloud, question: Question): Promise<Answer> {
  const found = findJob(cloud, question.ids[0]);
  if ('refusal' in found) return found.refusal;
  const { jobId, pods } = found.value;
  const query = readQuery(question.query);
  if ('refusal' in query) return query.refusal;
  const span = readSpan(query.value, cloud.clock());
  if ('refusal' in span) return span.refusal;
  const type = query.value.get('MetricType');
  if (type === undefined) return refuse(400, 'MissingMetricType', 'MetricType is mandatory for this action.');
  if (!Object.hasOwn(columnOf, type))
    return refuseParameter(`MetricType: must be one of ${Object.keys(columnOf).join(', ')}.`);
  const column = columnOf[type];
  const { fromMs, toMs, stepMs } = span.value;
  const metrics = pods.map(async ({ podId }) => {
    const path = join(cloud.store.podFolder(jobId, podId), usageFile);
    const rows = column === undefined ? [] : await readRows(path, usageColumns, fromMs, toMs);
    return { PodId: podId, Metrics: toPoints(rows, column ?? 0, stepMs) };
  });
  return done({ JobId: jobId, PodMetrics: await Promise.all(metrics) });
}

type Span = { fromMs: number; toMs: number; stepMs: number };

function readSpan(query: Query, now: number): Read<Span> {
  const from = readSeconds(query, 'StartTime');
  if ('refusal' in from) return from;
  const to = readSeconds(query, 'EndTime');
  if ('refusal' in to) return to;
  const [, count, unit = ''] = /^([1-9]\d{0,5})([smhd])$/.exec(query.get('TimeStep') ?? '5m') ?? [];
  if (!count) return { refusal: refuseParameter('TimeStep: must be a duration such as 5m.') };
  const stepMs = Number(count) * (secondsOf[unit] ?? 60) * 1_000;
  const toMs = to.value === undefined ? now : to.value * 1_000 + 999;
  const fromMs = from.value === undefined ? toMs - 3_600_000 : from.value * 1_000;
  if ((toMs - fromMs) / stepMs > maxPoints)
    return {
      refusal: refuseParameter(`TimeStep: is too short, the span would have over ${maxPoints} points.`),
    };
  return { value: { fromMs, toMs, stepMs } };
}

function toPoints(rows: number[][], column: number, stepMs: number): { Time: number; Value: number }[] {
  const steps = new Map<number, { sum: number; count: number }>();
  for (const row of rows) {
    const time = Math.floor((row[0] ?? 0) / stepMs) * stepMs;
    const step = steps.get(time) ?? { sum: 0, count: 0 };
    steps.set(time, { sum: step.sum + (row[column] ?? 0), count: step.count + 1 });
  }
  return [...steps].map(([Time, { sum, count }]) => ({ Time, Value: sum / count }));
}
