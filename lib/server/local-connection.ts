import 'server-only';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Connection } from './dlc';
import type { LocalCapacity } from './env';
import { localSignatureLifeMs } from './timing';

type LocalDlc = {
  endpoint: string;
  accessKeyId: string;
  accessKeySecret: string;
  isolation: 'bubblewrap' | 'none';
  close(): Promise<void>;
};

/** lib/local-dlc/start.ts, handed in by instrumentation.ts: lib/server knows the local DLC over HTTP only. */
export type StartLocalDlc = (options: {
  dataDir: string;
  secretKey: Buffer;
  port: number;
  hiddenDirs: string[];
  capacity: LocalCapacity;
  signatureLifeMs: number;
  log: (line: string) => void;
}) => Promise<LocalDlc>;

/** Takes the port of the last time where it is free: submissions are kept under the endpoint they went to. */
export async function connectLocal(
  dataDir: string,
  secretKey: Buffer,
  capacity: LocalCapacity,
  startLocalDlc: StartLocalDlc,
) {
  const log = (line: string): unknown => process.stderr.write(`${line}\n`);
  const options = {
    dataDir: join(dataDir, 'local-dlc'),
    secretKey,
    hiddenDirs: [dataDir],
    capacity,
    signatureLifeMs: localSignatureLifeMs,
    log,
  };
  const file = join(dataDir, 'local-dlc-port');
  const last = Number(await readFile(file, 'utf8').catch(() => '0'));
  const port = Number.isInteger(last) && last > 1023 && last < 65536 ? last : 0;
  const local = await startLocalDlc({ ...options, port }).catch((error: unknown) => {
    if (port !== 0 && isInUse(error)) return startLocalDlc({ ...options, port: 0 });
    throw error;
  });
  await writeFile(file, new URL(local.endpoint).port, { mode: 0o600 });
  const { endpoint, accessKeyId, accessKeySecret, isolation } = local;
  const credentials = { accessKeyId, accessKeySecret };
  const connection: Connection = { kind: 'local', endpoint, credentials, isolation };
  return { connection, close: () => local.close() };
}

function isInUse(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
}
