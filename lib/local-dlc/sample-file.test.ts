import { appendFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { noteSize, shiftTimes, windowOf } from './log-times';
import { appendRow, findAround, readRows } from './sample-file';
import { newDataDir } from './test-client';

async function fileOf(rows: [number, number][]): Promise<string> {
  const path = join(newDataDir(), 'rows');
  for (const row of rows) await appendRow(path, row);
  return path;
}

describe('rows of numbers', () => {
  it('are found by their time', async () => {
    const path = await fileOf([
      [10, 1],
      [20, 2],
      [30, 3],
    ]);
    expect(await findAround(path, 2, 20)).toEqual({ before: [20, 2], after: [30, 3] });
    expect(await findAround(path, 2, 9)).toEqual({ after: [10, 1] });
    expect(await findAround(path, 2, 99)).toEqual({ before: [30, 3] });
    expect(await readRows(path, 2, 20, 30)).toEqual([
      [20, 2],
      [30, 3],
    ]);
    expect(await readRows(join(newDataDir(), 'none'), 2, 0, 99)).toEqual([]);
  });

  it('go on behind the last whole one where a kill left half of one', async () => {
    const path = await fileOf([[10, 1]]);
    appendFileSync(path, 'half');
    expect(await readRows(path, 2, 0, 99)).toEqual([[10, 1]]);
    await appendRow(path, [20, 2]);
    expect(await readRows(path, 2, 0, 99)).toEqual([
      [10, 1],
      [20, 2],
    ]);
    expect(statSync(path).size).toBe(32);
  });
});

describe('the times of an output', () => {
  const grown = async (): Promise<string> => {
    const path = join(newDataDir(), 'log.times');
    for (const [at, size] of [
      [1_500, 100],
      [2_500, 200],
      [3_500, 300],
    ] as const)
      await noteSize(path, at, size);
    return path;
  };

  it.each([
    [undefined, undefined, 0, Number.POSITIVE_INFINITY],
    [1, undefined, 0, Number.POSITIVE_INFINITY],
    [2, undefined, 100, Number.POSITIVE_INFINITY],
    [4, undefined, 300, Number.POSITIVE_INFINITY],
    [undefined, 0, 0, 100],
    [2, 2, 100, 300],
    [undefined, 3, 0, Number.POSITIVE_INFINITY],
  ])('from %s to %s choose the bytes %i to %i', async (fromSeconds, toSeconds, from, to) => {
    expect(await windowOf(await grown(), fromSeconds, toSeconds)).toEqual({ from, to });
  });

  it('move along where the output is cut', async () => {
    const path = await grown();
    await shiftTimes(path, 250, 10);
    expect(await windowOf(path, 2, undefined)).toEqual({ from: 0, to: Number.POSITIVE_INFINITY });
    expect(await windowOf(path, 3, undefined)).toEqual({ from: 10, to: Number.POSITIVE_INFINITY });
    expect(await windowOf(path, 4, undefined)).toEqual({ from: 60, to: Number.POSITIVE_INFINITY });
  });
});
