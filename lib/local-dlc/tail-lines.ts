import { type FileHandle, open } from 'node:fs/promises';
import { hasCode } from './durable-file';

export type TailLimits = {
  maxLines: number;
  /** How much of a file's end is looked at. */
  maxBytes?: number;
  maxLineBytes?: number;
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
    const floor = Math.max(0, size - (limits.maxBytes ?? 8 * 1024 * 1024));
    const from = await findStart(file, floor, size, limits.maxLines);
    return await readLines(file, from, size, limits.maxLineBytes ?? 64 * 1024);
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

/** Where the last `maxLines` lines begin, but never before `floor`; there the first line's beginning is missing. */
async function findStart(file: FileHandle, floor: number, size: number, maxLines: number): Promise<number> {
  const buffer = Buffer.allocUnsafe(chunkBytes);
  let lines = 0;
  let earliest: number | undefined;
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
      earliest = start + at + 1;
      if (++lines === maxLines) return earliest;
    }
    end = start;
  }
  return floor === 0 ? 0 : (earliest ?? floor);
}

async function readLines(
  file: FileHandle,
  from: number,
  to: number,
  maxLineBytes: number,
): Promise<string[]> {
  const lines: string[] = [];
  const buffer = Buffer.allocUnsafe(chunkBytes);
  let kept: Buffer[] = [];
  let keptBytes = 0;
  let lineBytes = 0;
  const take = (part: Buffer): void => {
    const room = part.subarray(0, Math.max(0, maxLineBytes - keptBytes));
    if (room.length > 0) kept.push(Buffer.from(room));
    keptBytes += room.length;
    lineBytes += part.length;
  };
  const endLine = (): void => {
    const text = Buffer.concat(kept).toString('utf8');
    lines.push(lineBytes > keptBytes ? `${text} [line of ${lineBytes} bytes cut]` : text);
    kept = [];
    keptBytes = 0;
    lineBytes = 0;
  };
  for (let at = from; at < to; ) {
    const { bytesRead } = await file.read(buffer, 0, Math.min(chunkBytes, to - at), at);
    if (bytesRead === 0) break;
    at += bytesRead;
    let rest = buffer.subarray(0, bytesRead);
    for (let end = rest.indexOf(newline); end >= 0; end = rest.indexOf(newline)) {
      take(rest.subarray(0, end));
      endLine();
      rest = rest.subarray(end + 1);
    }
    take(rest);
  }
  if (lineBytes > 0) endLine();
  return lines;
}
