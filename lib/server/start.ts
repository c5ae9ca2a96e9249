import 'server-only';
import { parseEnv } from './env';
import type { StartLocalDlc } from './local-connection';
import { startServices, stopServices } from './services';

/** Called by instrumentation.ts before the first request is answered. What is wrong is one sentence, and the end. */
export async function start(startLocalDlc: StartLocalDlc): Promise<void> {
  const parsed = parseEnv(process.env);
  if (!parsed.ok) end(parsed.problem);
  try {
    await startServices(startLocalDlc);
  } catch (error) {
    end(`Jobwright could not start: ${error instanceof Error ? error.message : String(error)}`);
  }
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
}

function end(sentence: string): never {
  process.stderr.write(`${sentence}\n`);
  process.exit(1);
}

async function stop(): Promise<void> {
  await stopServices();
  process.exit(0);
}
