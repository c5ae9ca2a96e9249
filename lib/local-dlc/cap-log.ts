import { type FileHandle, open } from 'node:fs/promises';
import { hasCode } from './durable-file';

export type LogCap = { maxBytes: number; keepBytes: number };

export const defaultLogCap: LogCap = { maxBytes: 64 * 1024 * 1024, keepBytes: 32 * 1024 * 1024 };

/** How many bytes gave way to how many. */
export type Cut = { cut: number; notice: number };

const chunkBytes = 1024 * 1024;

/**
 * Keeps the last part of an output that grew beyond the cap, while its pod goes on appending. The part is copied to the
 * front before the file is cut behind it, so a kill in between loses nothing that is kept.
 */
export async function capLog(path: string, { maxBytes, keepBytes }: LogCap): Promise<Cut | undefined> {
  const file = await openForCut(path);
  if (!file) return undefined;
  try {
    const { size } = await file.stat();
    if (size <= maxBytes) return undefined;
    const from = await nextLineStart(file, size - keepBytes);
    const notice = `[The first part of this output was cut: ${from + (await lostBefore(file))} bytes.]\n`;
    let to = (await file.write(Buffer.from(notice), 0, undefined, 0)).bytesWritten;
    const buffer = Buffer.allocUnsafe(chunkBytes);
    for (let at = from; ; ) {
      const { bytesRead } = await file.read(buffer, 0, chunkBytes, at);
      if (bytesRead === 0) break;
      await file.write(buffer, 0, bytesRead, to);
      at += bytesRead;
      to += bytesRead;
    }
    await file.truncate(to);
    return { cut: from, notice: notice.length };
  } finally {
    await file.close();
  }
}

/** What earlier cuts took, less the line that tells of them. */
async function lostBefore(file: FileHandle): Promise<number> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(100), 0, 100, 0);
  const head = buffer.toString('latin1', 0, bytesRead);
  const [line = '', bytes = '0'] =
    /^\[The first part of this output was cut: (\d+) bytes\.\]\n/.exec(head) ?? [];
  return Number(bytes) - line.length;
}

async function openForCut(path: string): Promise<FileHandle | undefined> {
  try {
    return await open(path, 'r+');
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return undefined;
    throw error;
  }
}

/** The first byte behind a line's end at or after a place, looked for within one chunk. */
async function nextLineStart(file: FileHandle, at: number): Promise<number> {
  const buffer = Buffer.allocUnsafe(chunkBytes);
  const { bytesRead } = await file.read(buffer, 0, chunkBytes, at);
  const end = buffer.subarray(0, bytesRead).indexOf(0x0a);
  return end < 0 ? at : at + end + 1;
}
