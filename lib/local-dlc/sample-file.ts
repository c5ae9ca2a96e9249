import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { hasCode } from './durable-file';

/** Rows of numbers, 8 bytes each, appended to a file. The first number of a row is a time in ms and never falls. */
export type Row = readonly [timeMs: number, ...values: number[]];

/** Written behind the last whole row: half a row, left by a kill, is written over. */
export async function appendRow(path: string, row: Row): Promise<void> {
  const file = await open(path, constants.O_RDWR | constants.O_CREAT, 0o600);
  try {
    const bytes = toBytes(row);
    const { size } = await file.stat();
    await file.write(bytes, 0, bytes.length, size - (size % bytes.length));
  } finally {
    await file.close();
  }
}

export function toBytes(row: Row): Buffer {
  const bytes = Buffer.alloc(row.length * 8);
  for (const [at, value] of row.entries()) bytes.writeDoubleLE(value, at * 8);
  return bytes;
}

/** The last row whose time is not above `timeMs` and the first whose time is: found in a few reads, however long the file. */
export async function findAround(
  path: string,
  columns: number,
  timeMs: number,
): Promise<{ before?: number[]; after?: number[] }> {
  return (
    (await withRows(path, columns, async ({ count, read }) => {
      const at = await firstAbove(count, read, timeMs);
      const before = at > 0 ? await read(at - 1) : undefined;
      const after = at < count ? await read(at) : undefined;
      return { ...(before && { before }), ...(after && { after }) };
    })) ?? {}
  );
}

/** The rows whose time lies in a span, its ends included. */
export async function readRows(
  path: string,
  columns: number,
  fromMs: number,
  toMs: number,
): Promise<number[][]> {
  const rows = await withRows(path, columns, async ({ count, read, readAll }) => {
    const from = await firstAbove(count, read, fromMs - 0.5);
    return readAll(from, await firstAbove(count, read, toMs));
  });
  return rows ?? [];
}

type Rows = {
  count: number;
  read(at: number): Promise<number[]>;
  readAll(from: number, to: number): Promise<number[][]>;
};

async function withRows<T>(
  path: string,
  columns: number,
  use: (rows: Rows) => Promise<T>,
): Promise<T | undefined> {
  const file = await openIfThere(path);
  if (!file) return undefined;
  try {
    const width = columns * 8;
    const readAll = async (from: number, to: number): Promise<number[][]> => {
      const bytes = Buffer.alloc(Math.max(0, to - from) * width);
      await file.read(bytes, 0, bytes.length, from * width);
      return Array.from({ length: bytes.length / width }, (_, row) =>
        Array.from({ length: columns }, (_cell, column) => bytes.readDoubleLE(row * width + column * 8)),
      );
    };
    const read = async (at: number): Promise<number[]> => (await readAll(at, at + 1))[0] ?? [];
    return await use({ count: Math.floor((await file.stat()).size / width), read, readAll });
  } finally {
    await file.close();
  }
}

async function firstAbove(count: number, read: Rows['read'], timeMs: number): Promise<number> {
  let [low, high] = [0, count];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (((await read(middle))[0] ?? 0) > timeMs) high = middle;
    else low = middle + 1;
  }
  return low;
}

async function openIfThere(path: string): Promise<FileHandle | undefined> {
  try {
    return await open(path, 'r');
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return undefined;
    throw error;
  }
}
