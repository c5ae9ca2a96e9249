import 'server-only';
import { describeFileFault } from './data-dir';
import { parseEnv } from './env';
import type { StartLocalDlc } from './local-connection';
import { log } from './log';
import { services, startServices, stopServices } from './services';

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
  const { connection } = await services();
  const { kind, endpoint, region } = connection;
  log().info('Started', { dlc: kind, endpoint, region, node: process.version });
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
  shared[startedKey]?.();
}

function end(sentence: string): never {
  process.stderr.write(`${sentence}\n`);
  process.exit(1);
}

async function stop(signal: string): Promise<void> {
  log().info('Stopping', { signal });
  await stopServices();
  log().info('Stopped');
  process.exit(0);
}
