import { chmodSync, mkdirSync, realpathSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import { openAccessKey } from './access-key';
import { type Answer, refuse } from './answer';
import { newBodySeal, openSecretKey } from './body-seal';
import { parseQuery, type RawRequest } from './canonical-request';
import type { LogCap } from './cap-log';
import { type DataDirLock, lockDataDir } from './data-dir-lock';
import { nameDevices } from './gpu-devices';
import { startHttpServer } from './http-server';
import { findIsolation, noIsolation } from './isolation';
import { startJobMachine } from './job-machine';
import type { Phase } from './job-steps';
import { openJobStore } from './job-store';
import { openNonceLog } from './nonce-log';

import { newPreparation } from './preparation';
import { writePrograms } from './programs';

import { openRegistry } from './registry';
import { machineCapacity, type Resources } from './resources';

import { findRoute } from './route';
import { verifySignature } from './verify-signature';

export type LocalDlc = {
  /** `http://127.0.0.1:<port>` */
  endpoint: string;
  accessKeyId: string;
  accessKeySecret: string;
  userId: string;
  /** Whether each pod has a view of the file system of its own. */
  isolation: 'bubblewrap' | 'none';
  /** Ends the server, never the jobs: they outlive it, and the next start adopts them. */
  close(): Promise<void>;
};

export type LocalDlcOptions = {
  /** An absolute folder of its own, made 0700. */
  dataDir: string;
  /** 0, the default, takes a free one. */
  port?: number;
  /** 32 bytes under which the bodies of jobs are kept; without it one is made and kept in the data directory. */
  secretKey?: Buffer;
  /** `auto`, the default: with bubblewrap where that works. */
  isolation?: 'auto' | 'none';
  /** Folders besides the data directory that pods with a view of their own must not see. */
  hiddenDirs?: string[];
  /** How far a request's date may be from now: 15 minutes where nothing is said. */
  signatureLifeMs?: number;
  phaseMs?: Partial<Record<Phase, number>>;
  /** How long code may be cloned and packages installed for a job: 10 minutes where nothing is said. */
  prepareTimeoutMs?: number;
  /** From SIGTERM to SIGKILL, where the job's Settings do not say. */
  stopGraceMs?: number;
  /** What pods may take in all; the machine's where nothing is said, and no GPU. */
  capacity?: Partial<Resources>;
  /** How large a pod's output may grow, and what is kept of it then. */
  logCap?: LogCap;
  /** How often the CPU and memory of pods are written down. */
  meterEveryMs?: number;
  clock?: () => number;
  log?: (line: string) => void;
};

const defaultSignatureLifeMs = 15 * 60_000;

/** Starts the embedded DLC on a data directory; throws one sentence where another living process owns it. */
export async function startLocalDlc(options: LocalDlcOptions): Promise<LocalDlc> {
  const { dataDir } = options;
  if (!isAbsolute(dataDir))
    throw new Error(`The local DLC's data directory ${dataDir} is not an absolute path.`);
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  chmodSync(dataDir, 0o700);
  const lock = lockDataDir(dataDir);
  try {
    return await startLocked(options, lock);
  } catch (error) {
    lock.release();
    throw error;
  }
}

async function startLocked(options: LocalDlcOptions, lock: DataDirLock): Promise<LocalDlc> {
  const { dataDir, clock = Date.now, log = () => undefined } = options;
  const { signatureLifeMs = defaultSignatureLifeMs } = options;
  const key = openAccessKey(dataDir);
  const nonces = openNonceLog(join(dataDir, 'nonces'), clock, log);
  const seal = newBodySeal(options.secretKey ?? openSecretKey(dataDir));
  // Where a view is made, mount points behind a link cannot be.
  const realDataDir = realpathSync(dataDir);
  const store = openJobStore(realDataDir, seal, log);

  const registry = openRegistry(realDataDir);
  const isolation = options.isolation === 'none' ? noIsolation : await findIsolation();
  const capacity = { ...machineCapacity(), ...options.capacity };
  const site = {
    isolation,
    devices: nameDevices(capacity.gpu, process.env.CUDA_VISIBLE_DEVICES),
    programs: writePrograms(realDataDir),
    hidden: [dataDir, ...(options.hiddenDirs ?? [])].map((folder) => realpathSync(folder)),
    jobFolder: store.jobFolder,
    podFolder: store.podFolder,
  };

  const machine = startJobMachine({
    store,
    site,
    newPreparation: (onDone) =>
      newPreparation({ site, registry, seal, onDone, timeoutMs: options.prepareTimeoutMs ?? 10 * 60_000 }),
    clock,
    log,
    phaseMs: { Creating: 400, Queuing: 400, EnvPreparing: 800, ...options.phaseMs },
    stopGraceMs: options.stopGraceMs ?? 10_000,
    logCap: options.logCap,
    meterEveryMs: options.meterEveryMs,
    capacity,
  });

  const cloud = { store, machine, registry, seal, hidden: site.hidden, userId: key.userId, clock };

  async function handle(request: RawRequest): Promise<Answer> {
    const refusal = verifySignature(request, {
      ...key,
      now: clock(),
      signatureLifeMs,
      takeNonce: (nonce, expiresAt) => nonces.take(nonce, expiresAt),
    });
    if (refusal) return refusal;
    const action = request.headers.get('x-acs-action')?.[0]?.trim() ?? '';
    const route = findRoute(request.method, request.path, action);
    if ('refusal' in route) return route.refusal;
    const { version } = route.value;
    if (request.headers.get('x-acs-version')?.[0]?.trim() !== version)
      return refuse(400, 'InvalidVersion', `Specified parameter Version is not valid; use ${version}.`);
    const question = { ids: route.value.ids, query: parseQuery(request.query) ?? [], body: request.body };
    return route.value.run(cloud, question);
  }

  const server = await startHttpServer(options.port ?? 0, handle, log).catch(async (error: unknown) => {
    await machine.close();
    throw error;
  });
  lock.setPort(server.port);
  return {
    endpoint: `http://127.0.0.1:${server.port}`,
    ...key,
    isolation: isolation.kind,
    async close() {
      await server.close();
      await machine.close();
      lock.release();
    },
  };
}
