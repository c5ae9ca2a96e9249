import 'server-only';
import { describeFileFault } from './data-dir';
import { parseEnv } from './env';
import type { StartLocalDlc } from './local-connection';
import { startServices, stopServices } from './services';

/** lib/start.mjs listens once this is called. */
const startedKey = Symbol.for('jobwright.started');
const shared = globalThis as { [startedKey]?: () => void };

/** Called by instrumentation.ts before the first request is answered. What is wrong is one sentence, and the end. */
export async function start(startLocalDlc: StartLocalDlc): Promise<void> {
  const parsed = parseEnv(process.env);
  if (!parsed.ok) end(parsed.problem);
  try {
    await startServices(startLocalDlc);
  } catch (error) {
    end(describeFileFault(error));
  }
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
  shared[startedKey]?.();
}

function end(sentence: string): never {
  process.stderr.write(`${sentence}\n`);
  process.exit(1);
}

async function stop(): Promise<void> {
  await stopServices();
  process.exit(0);
}
