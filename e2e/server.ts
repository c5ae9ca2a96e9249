import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export type JobwrightServer = {
  url: string;
  dataDir: string;
  /** What it wrote so far. */
  output: () => string;
  /** Settles once it has written what matches. */
  said: (pattern: RegExp) => Promise<void>;
  signal: (signal: NodeJS.Signals) => void;
  /** The exit code, or the signal it died of, once it has ended. */
  ended: () => Promise<number | string | null>;
  stop: (signal?: NodeJS.Signals) => Promise<void>;
  /** Stops it, awaits what is to happen meanwhile, and starts another on the same address and data. */
  restart: (signal?: NodeJS.Signals, whileDown?: () => Promise<unknown>) => Promise<void>;
  /** Stops it and removes its data. */
  dispose: () => Promise<void>;
};

export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

/** `npm start` as a person runs it, on a free port with data of its own. Settles when it answers. */
export async function startJobwright(variables: Record<string, string> = {}): Promise<JobwrightServer> {
  const port = await freePort();
  const dataDir = mkdtempSync(join(tmpdir(), 'jobwright-'));
  const env = { ...process.env, PORT: String(port), JOBWRIGHT_DATA_DIR: dataDir, ...variables };
  let output = '';
  let child: ChildProcess;
  const waiting = new Set<() => void>();

  const start = async () => {
    child = spawn(process.execPath, ['lib/start.mjs'], { env, stdio: ['ignore', 'pipe', 'pipe'] });
    const failed = new Promise<never>((_, reject) =>
      child.once('exit', (code) => reject(new Error(`Jobwright ended with ${code}:\n${output}`))),
    );
    failed.catch(() => {});
    const ready = new Promise<void>((resolve) => {
      const read = (chunk: Buffer) => {
        output += chunk;
        if (/Ready in/.test(output)) resolve();
        for (const look of waiting) look();
      };
      child.stdout?.on('data', read);
      child.stderr?.on('data', read);
    });
    await Promise.race([ready, failed]);
  };
  const said = (pattern: RegExp) =>
    new Promise<void>((resolve) => {
      const look = () => {
        if (!pattern.test(output)) return;
        waiting.delete(look);
        resolve();
      };
      waiting.add(look);
      look();
    });
  const ended = () =>
    new Promise<number | string | null>((resolve) => {
      const { exitCode, signalCode } = child;
      if (exitCode !== null || signalCode !== null) resolve(exitCode ?? signalCode);
      else child.once('close', (code, signal) => resolve(code ?? signal));
    });
  const stop = async (signal: NodeJS.Signals = 'SIGTERM') => {
    if (child.exitCode === null && child.signalCode === null) child.kill(signal);
    await ended();
  };
  await start();
  return {
    url: `http://127.0.0.1:${port}`,
    dataDir,
    output: () => output,
    said,
    signal: (signal) => child.kill(signal),
    ended,
    stop,
    restart: async (signal, whileDown) => {
      await stop(signal);
      await whileDown?.();
      output = '';
      await start();
    },
    dispose: async () => {
      await stop();
      endPods(dataDir);
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** Jobs of the local DLC outlive it, and would outlive their data. */
function endPods(dataDir: string): void {
  const jobs = join(dataDir, 'local-dlc', 'jobs');
  if (!existsSync(jobs)) return;
  const claims = readdirSync(jobs, { recursive: true, encoding: 'utf8' }).filter((name) =>
    /^[^/]+\/pods\/[^/]+\/claim$/.test(name),
  );
  for (const claim of claims) {
    const pid = Number(readFileSync(join(jobs, claim), 'utf8').split('\n')[0]);
    try {
      if (pid > 1) process.kill(-pid, 'SIGKILL');
    } catch {
      // It has ended by itself.
    }
  }
}
