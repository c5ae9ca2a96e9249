/** One pod's processor time in cores and memory in bytes, each a number a time step, oldest first. */
export type PodUsage = { podId: string; cores: number[]; bytes: number[] };

/** `events` are lines, oldest first, whose times may be in any zone. `usage` is missing where it cannot be told. */
export type JobActivity = { events: string[]; isUtc: boolean; usage?: PodUsage[] };

const steps = [
  ['2s', 2],
  ['10s', 10],
  ['1m', 60],
  ['10m', 600],
  ['1h', 3_600],
  ['6h', 21_600],
] as const;

/** A TimeStep that cuts a span into at most a few hundred points. */
export function toTimeStep(spanMs: number): string {
  return steps.find(([, seconds]) => spanMs <= seconds * 300_000)?.[0] ?? '1d';
}
