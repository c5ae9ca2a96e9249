import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import * as z from 'zod';
import type { LocalDlc } from './start';

/** For tests only: the local DLC as a process that can be killed. */
export type ServerProcess = Pick<LocalDlc, 'endpoint' | 'accessKeyId' | 'accessKeySecret'> & {
  pid: number;
  /** What it has logged. */
  said(): string;
  kill(): Promise<void>;
};

const lineSchema = z.object({ endpoint: z.string(), accessKeyId: z.string(), accessKeySecret: z.string() });
const running = new Set<ChildProcess>();
process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

export async function startServerProcess(options: Record<string, unknown>): Promise<ServerProcess> {
  const child = spawn(process.execPath, ['lib/serve-local-dlc.mjs', JSON.stringify(options)], {
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  running.add(child);
  let said = '';
  child.stderr.on('data', (part: Buffer) => {
    said += part;
  });
  const gone = once(child, 'exit').then(() => {
    running.delete(child);
  });
  const ended = gone.then(() => Promise.reject(new Error(`The server ended: ${said}`)));
  ended.catch(() => undefined);
  const [line] = await Promise.race([once(createInterface(child.stdout), 'line'), ended]);
  return {
    ...lineSchema.parse(JSON.parse(String(line))),
    pid: child.pid ?? 0,
    said: () => said,
    async kill() {
      child.kill('SIGKILL');
      await gone;
    },
  };
}
