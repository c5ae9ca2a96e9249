import { afterEach } from 'vitest';
import { type LocalDlc, type LocalDlcOptions, startLocalDlc } from './start';
import * as client from './test-client';

/** For tests only: a local DLC without waits, closed behind its test. */
const started: LocalDlc[] = [];

export async function startQuick(options: Partial<LocalDlcOptions> = {}): Promise<LocalDlc> {
  const dlc = await startLocalDlc({
    dataDir: client.newDataDir(),
    phaseMs: { Creating: 0, Queuing: 0, EnvPreparing: 0 },
    stopGraceMs: 500,
    ...options,
  });
  started.push(dlc);
  return dlc;
}

afterEach(async () => {
  for (const dlc of started.splice(0)) await dlc.close();
});
