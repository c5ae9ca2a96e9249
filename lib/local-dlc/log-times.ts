import { rename, writeFile } from 'node:fs/promises';
import { appendRow, findAround, readRows, toBytes } from './sample-file';

/** How far an output had grown at which time: rows of (ms, bytes), one a second while it grows. */
const columns = 2;

export function noteSize(path: string, now: number, size: number): Promise<void> {
  return appendRow(path, [now, size]);
}

/** The bytes of an output that can stem from a span of seconds, its ends included; up to a second more on either side. */
export async function windowOf(
  path: string,
  fromSeconds: number | undefined,
  toSeconds: number | undefined,
): Promise<{ from: number; to: number }> {
  const before = fromSeconds === undefined ? {} : await findAround(path, columns, fromSeconds * 1_000);
  const behind = toSeconds === undefined ? {} : await findAround(path, columns, (toSeconds + 1) * 1_000);
  return { from: before.before?.[1] ?? 0, to: behind.after?.[1] ?? Number.POSITIVE_INFINITY };
}

/** After the output lost its first `cut` bytes to a notice of `notice` bytes. */
export async function shiftTimes(path: string, cut: number, notice: number): Promise<void> {
  const rows = await readRows(path, columns, 0, Number.POSITIVE_INFINITY);
  const isKept = rows.map((_, at) => (rows[at + 1]?.[1] ?? Number.POSITIVE_INFINITY) > cut);
  const kept = rows.filter((_, at) => isKept[at]);
  const bytes = kept.map(([time = 0, size = 0]) => toBytes([time, Math.max(0, size - cut) + notice]));
  await writeFile(`${path}.next`, Buffer.concat(bytes), { mode: 0o600 });
  await rename(`${path}.next`, path);
}
