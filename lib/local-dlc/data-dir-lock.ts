import { randomUUID } from 'node:crypto';
import { linkSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { hasCode, readIfThere, replaceFile, writeNewFile } from './durable-file';
import { bornOf, isAlive } from './process-identity';

const lockSchema = z.object({ pid: z.int(), born: z.string(), port: z.int(), token: z.string() });
type Lock = z.infer<typeof lockSchema>;

export type DataDirLock = { setPort(port: number): void; release(): void };

function parseLock(text: string): Lock | undefined {
  try {
    return lockSchema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

/** Takes the data directory for this process, or throws a sentence that names the living owner. */
export function lockDataDir(dataDir: string): DataDirLock {
  const path = join(dataDir, 'lock.json');
  const token = randomUUID();
  const mine = { pid: process.pid, born: bornOf(process.pid) ?? '', token };
  const draft = `${path}.${token}`;
  writeNewFile(draft, JSON.stringify({ ...mine, port: 0 }));
  try {
    take(path, draft, dataDir);
  } finally {
    rmSync(draft, { force: true });
  }
  const isMine = (): boolean => parseLock(readIfThere(path) ?? '')?.token === token;
  return {
    setPort: (port) => replaceFile(path, JSON.stringify({ ...mine, port })),
    release: () => {
      if (isMine()) rmSync(path, { force: true });
    },
  };
}

function take(path: string, draft: string, dataDir: string): void {
  for (let attempt = 0; attempt < 5; attempt++) {
    try {
      // A link appears with its content or not at all, and never over another one.
      linkSync(draft, path);
      return;
    } catch (error) {
      if (!hasCode(error, 'EEXIST')) throw error;
    }
    const found = readIfThere(path);
    const owner = parseLock(found ?? '');
    if (owner && isAlive(owner))
      throw new Error(
        `The local DLC's data directory ${dataDir} is in use by process ${owner.pid} (port ${owner.port}).`,
      );
    if (found !== undefined) setAside(path, `${draft}.stale`, found);
  }
  throw new Error(`The local DLC's data directory ${dataDir} is being taken by another process.`);
}

/** Removes a dead owner's record; one that a faster process put in its place meanwhile is put back. */
function setAside(path: string, aside: string, stale: string): void {
  try {
    renameSync(path, aside);
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return;
    throw error;
  }
  try {
    if (readIfThere(aside) !== stale) linkSync(aside, path);
  } catch (error) {
    if (!hasCode(error, 'EEXIST')) throw error;
  } finally {
    rmSync(aside, { force: true });
  }
}
