import 'server-only';
import { constants } from 'node:os';
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
  const onSignal = newStopper();
  process.on('SIGTERM', onSignal).on('SIGINT', onSignal);
  shared[startedKey]?.();
}

function end(sentence: string): never {
  process.stderr.write(`${sentence}\n`);
  process.exit(1);
}

// npm and a process group hand the same signal on, so that one press of Ctrl-C can arrive twice.
const sameSignalMs = 1_000;

/** The first signal lets everything finish; one that comes later ends the process at once. */
function newStopper() {
  let begunAt: number | undefined;
  return (signal: NodeJS.Signals): void => {
    if (begunAt === undefined) {
      begunAt = performance.now();
      stop(signal).catch((error: unknown) => {
        log().error('Stopping failed.', { error });
        process.exit(1);
      });
    } else if (performance.now() - begunAt > sameSignalMs) {
      log().warn('Ended at once.', { signal });
      process.exit(128 + constants.signals[signal]);
    }
  };
}

async function stop(signal: NodeJS.Signals): Promise<void> {
  log().info('Stopping', { signal });
  await stopServices();
  log().info('Stopped');
  process.exit(0);
}
