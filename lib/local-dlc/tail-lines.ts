import { type FileHandle, open } from 'node:fs/promises';
import { hasCode } from './durable-file';

export type TailLimits = {
  maxLines: number;
  /** How much of a file's end is looked at. */
  maxBytes?: number;
  maxLineBytes?: number;
  /** Bytes of the file to look at, widened to whole lines: all of them where nothing is said. */
  from?: number;
  to?: number;
};

const chunkBytes = 64 * 1024;
const newline = 0x0a;

/**
 * The last lines of a file, read from its end. Bytes that are no UTF-8 become U+FFFD, escape codes stay. A line longer
 * than the limit keeps its beginning and says so.
 */
export async function readTail(path: string, limits: TailLimits): Promise<string[]> {
  const file = await openIfThere(path);
  if (!file) return [];
  try {
    // The size is taken once: what is appended meanwhile belongs to the next question.
    const { size } = await file.stat();
    const first = await toLineStart(file, Math.min(size, limits.from ?? 0));
    const end = await toLineEnd(file, Math.min(size, limits.to ?? size), size);
    const floor = Math.max(first, end - (limits.maxBytes ?? 8 * 1024 * 1024));
    const from = await findStart(file, floor, end, limits.maxLines);
    // Where only a part is looked at, the first line's beginning may be missing.
    const start = from === floor && floor > first ? await toLineEnd(file, floor, end) : from;
    return await readLines(file, start, end, limits.maxLineBytes ?? 64 * 1024);
  } finally {
    await file.close();
  }
}

async function openIfThere(path: string): Promise<FileHandle | undefined> {
  try {
    return await open(path, 'r');
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return undefined;
    throw error;
  }
}

/** The beginning of the line that holds a byte, looked for within one chunk. */
async function toLineStart(file: FileHandle, at: number): Promise<number> {
  if (at === 0) return 0;
  const begin = Math.max(0, at - chunkBytes);
  const buffer = Buffer.allocUnsafe(at - begin);
  const { bytesRead } = await file.read(buffer, 0, buffer.length, begin);
  const end = buffer.subarray(0, bytesRead).lastIndexOf(newline);
  return end >= 0 ? begin + end + 1 : begin === 0 ? 0 : at;
}

/** The first byte behind the line whose end is at or after a byte's predecessor, looked for within one chunk. */
async function toLineEnd(file: FileHandle, at: number, size: number): Promise<number> {
  if (at === 0 || at >= size) return at;
  const buffer = Buffer.allocUnsafe(Math.min(chunkBytes, size - at + 1));
  const { bytesRead } = await file.read(buffer, 0, buffer.length, at - 1);
  const end = buffer.subarray(0, bytesRead).indexOf(newline);
  return end >= 0 ? at + end : bytesRead < chunkBytes ? size : at;
}

/** Where the last `maxLines` lines before `size` begin, but never before `floor`. */
async function findStart(file: FileHandle, floor: number, size: number, maxLines: number): Promise<number> {
  const buffer = Buffer.allocUnsafe(chunkBytes);
  let lines = 0;
  for (let end = size; end > floor; ) {
    const start = Math.max(floor, end - chunkBytes);
    const { bytesRead } = await file.read(buffer, 0, end - start, start);
    const chunk = buffer.subarray(0, bytesRead);
    for (
      let at = chunk.lastIndexOf(newline);
      at >= 0;
      at = at === 0 ? -1 : chunk.lastIndexOf(newline, at - 1)
    ) {
      // The last line's own end does not begin another line.
      if (start + at === size - 1) continue;
      if (++lines === maxLines) return start + at + 1;
    }
    end = start;
  }
  return floor;
}

/** At most `maxBytes` and a line's rest by now, so it is read at once. */
async function readLines(
  file: FileHandle,
  from: number,
  to: number,
  maxLineBytes: number,
): Promise<string[]> {
  const buffer = Buffer.allocUnsafe(Math.max(0, to - from));
  const { bytesRead } = await file.read(buffer, 0, buffer.length, from);
  const lines: string[] = [];
  for (let begin = 0; begin < bytesRead; ) {
    const newlineAt = buffer.indexOf(newline, begin);
    const end = newlineAt < 0 || newlineAt > bytesRead ? bytesRead : newlineAt;
    const length = end - begin;
    const text = buffer.toString('utf8', begin, begin + Math.min(length, maxLineBytes));
    lines.push(length > maxLineBytes ? `${text} [line of ${length} bytes cut]` : text);
    begin = end + 1;
  }
  return lines;
}
