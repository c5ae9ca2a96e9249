import 'server-only';
import { resolve } from 'node:path';
import { fail, ok, type Result } from '@/lib/result';
import { isLoopback, isWildcard } from './hosts';
import { endpointRegion, regionEndpoint } from './regions';
import type { Credentials } from './sign';
import { type LogLevel, type Variables, variables } from './variables';

export type CloudConnection = {
  kind: 'cloud';
  endpoint: string;
  region?: string;
  credentials: Credentials;
  /** Only of a DLC on this machine that was started with it; the cloud's is fifteen minutes. */
  signatureLifeMs?: number;
};

/** `local` has no address yet: the embedded DLC gets one when it starts (lib/server/services.ts). */
export type EnvConnection = { kind: 'local'; capacity: LocalCapacity } | CloudConnection;

/** What the embedded DLC's jobs may take in all; the machine's where nothing is said. */
export type LocalCapacity = { cpu?: number; memoryGiB?: number; gpu?: number };

export type PollIntervals = { activeMs: number; waitingMs: number; listMs: number; logsMs: number };

export type Env = {
  port: number;
  /** What the server listens on. */
  host: string;
  /** The address people use, where it is not a loopback name. */
  origin: URL | undefined;
  /** Absolute. */
  dataDir: string;
  /** Holds a password. Undefined: the ledger is a file in the data directory. */
  databaseUrl: string | undefined;
  connection: EnvConnection;
  /** 32 bytes; undefined: a key is generated and kept in the data directory. */
  secretKey: Buffer | undefined;
  token: string | undefined;
  poll: PollIntervals;
  logLevel: LogLevel;
  /** Where /healthz, /readyz and /metrics answer: on a port of their own, on the address for people, or nowhere. */
  ops: { port: number | undefined; host: string; public: boolean };
};

/** Reads every variable of Jobwright; blanks count as unset. The problem is one sentence and holds no secret. */
export function parseEnv(source: Readonly<Record<string, string | undefined>>): Result<Env, string> {
  const given = Object.fromEntries(
    Object.keys(variables.shape).map((name) => [name, source[name]?.trim() || undefined]),
  );
  const parsed = variables.safeParse(given);
  if (!parsed.success) return fail(parsed.error.issues[0]?.message ?? 'The environment is not valid.');
  const values = parsed.data;

  const connection = parseConnection(values);
  if (!connection.ok) return connection;
  const host = values.JOBWRIGHT_HOST ?? '127.0.0.1';
  // A key of the data directory would be another one in each instance, or gone with its container.
  if (values.DATABASE_URL && !values.JOBWRIGHT_SECRET_KEY)
    return fail(
      'DATABASE_URL is set but not JOBWRIGHT_SECRET_KEY: all that use one database need one key, such as `openssl rand -hex 32` prints.',
    );
  const risk = describeRisk(connection.value.kind, host, values);
  if (risk) return fail(risk);

  const port = values.PORT ?? 3000;
  if (values.JOBWRIGHT_OPS_PORT === port)
    return fail('JOBWRIGHT_OPS_PORT must be another port than PORT, where people reach Jobwright.');
  if (values.JOBWRIGHT_OPS_HOST && !values.JOBWRIGHT_OPS_PORT)
    return fail('JOBWRIGHT_OPS_HOST is set but not JOBWRIGHT_OPS_PORT: set both, or unset the host.');

  return ok({
    port,
    host,
    origin: values.JOBWRIGHT_ORIGIN,
    dataDir: resolve(values.JOBWRIGHT_DATA_DIR ?? '.data'),
    databaseUrl: values.DATABASE_URL,
    connection: connection.value,
    secretKey: values.JOBWRIGHT_SECRET_KEY,
    token: values.JOBWRIGHT_TOKEN,
    poll: toPoll(connection.value.kind, values),
    ops: {
      port: values.JOBWRIGHT_OPS_PORT,
      host: values.JOBWRIGHT_OPS_HOST ?? '127.0.0.1',
      public: values.JOBWRIGHT_OPS_PUBLIC === 'yes',
    },
    logLevel: values.JOBWRIGHT_LOG_LEVEL ?? 'info',
  });
}

const slot: { parsed?: Env } = {};

/** The environment, parsed once. Throws where it is bad: instrumentation.ts has then already ended the process. */
export function env(): Env {
  if (!slot.parsed) {
    const parsed = parseEnv(process.env);
    if (!parsed.ok) throw new Error(parsed.problem);
    slot.parsed = parsed.value;
  }
  return slot.parsed;
}

function parseConnection(values: Variables): Result<EnvConnection, string> {
  const { ALIBABA_CLOUD_ACCESS_KEY_ID: id, ALIBABA_CLOUD_ACCESS_KEY_SECRET: secret } = values;
  const { DLC_REGION: region, DLC_ENDPOINT: url, ALIBABA_CLOUD_SECURITY_TOKEN: securityToken } = values;

  if (!region && !url) {
    if (!id && !secret && !securityToken) {
      if (values.LOCAL_DLC !== 'off') return ok({ kind: 'local', capacity: toCapacity(values) });
      return fail(
        'LOCAL_DLC is off and no cloud is set: set DLC_REGION (such as cn-hangzhou) or DLC_ENDPOINT, ALIBABA_CLOUD_ACCESS_KEY_ID and ALIBABA_CLOUD_ACCESS_KEY_SECRET, or unset LOCAL_DLC.',
      );
    }
    const instead =
      values.LOCAL_DLC === 'off' ? '' : ', or unset the ALIBABA_CLOUD_ variables to use the local DLC';
    return fail(
      `Access keys are set but no place to use them: set DLC_REGION (such as cn-hangzhou) or DLC_ENDPOINT too${instead}.`,
    );
  }
  if (!id || !secret) {
    const missing = [
      ...(id ? [] : ['ALIBABA_CLOUD_ACCESS_KEY_ID']),
      ...(secret ? [] : ['ALIBABA_CLOUD_ACCESS_KEY_SECRET']),
    ].join(' and ');
    const instead = values.LOCAL_DLC === 'off' ? '' : ', or unset all to use the local DLC';
    return fail(
      `${region ? 'DLC_REGION' : 'DLC_ENDPOINT'} is set but not ${missing}: set both keys${instead}.`,
    );
  }
  if (url?.protocol === 'http:' && !isLoopback(url.hostname)) {
    return fail(
      'DLC_ENDPOINT must begin with https://; http:// is only for a DLC on this machine, such as http://127.0.0.1:8080.',
    );
  }
  const signatureLifeMs = values.DLC_SIGNATURE_LIFE_MS;
  if (signatureLifeMs !== undefined && !(url && isLoopback(url.hostname))) {
    return fail(
      'DLC_SIGNATURE_LIFE_MS is only for a DLC on this machine that takes signatures no longer than that: unset it, or Jobwright could take a job for absent that is still to be created.',
    );
  }
  const endpoint = url?.origin ?? (region && regionEndpoint(region));
  if (!endpoint) {
    return fail(
      'DLC_REGION names no region with a known DLC endpoint: set DLC_ENDPOINT to the address of your region’s DLC instead.',
    );
  }
  const named = url && endpointRegion(url.origin);
  if (region && named && named !== region) {
    return fail(
      'DLC_ENDPOINT and DLC_REGION name different regions: correct one of them or leave DLC_REGION out.',
    );
  }
  if (region && !/^[a-z0-9-]{1,64}$/.test(region)) {
    return fail('DLC_REGION must be the name of a region, such as cn-hangzhou.');
  }
  const regionName = region ?? named;
  return ok({
    kind: 'cloud',
    endpoint,
    ...(regionName && { region: regionName }),
    ...(signatureLifeMs && { signatureLifeMs }),
    credentials: { accessKeyId: id, accessKeySecret: secret, ...(securityToken && { securityToken }) },
  });
}

function toCapacity(values: Variables): LocalCapacity {
  const {
    JOBWRIGHT_LOCAL_CPU: cpu,
    JOBWRIGHT_LOCAL_MEMORY_GIB: memoryGiB,
    JOBWRIGHT_LOCAL_GPU: gpu,
  } = values;
  return {
    ...(cpu !== undefined && { cpu }),
    ...(memoryGiB !== undefined && { memoryGiB }),
    ...(gpu !== undefined && { gpu }),
  };
}

/** Jobwright runs commands or spends money and cannot tell people apart: whoever reaches it may do both. */
function describeRisk(kind: EnvConnection['kind'], host: string, values: Variables): string | undefined {
  const { JOBWRIGHT_ORIGIN: origin, JOBWRIGHT_ALLOW_ANYONE: anyone } = values;
  if (kind === 'local' && origin && !isLoopback(origin.hostname)) {
    return 'JOBWRIGHT_ORIGIN is not an address of this machine, and the local DLC runs commands here: whoever opened that address could run any. Set DLC_REGION and keys, or unset JOBWRIGHT_ORIGIN.';
  }
  if (anyone) {
    // Only a wildcard, as in a container, has loopback names too; by another one nobody could get in.
    if (kind === 'cloud' || isLoopback(host) || isWildcard(host)) return undefined;
    return 'JOBWRIGHT_HOST is an address of the network, and while the local DLC runs commands on this machine Jobwright answers to localhost only: unset JOBWRIGHT_HOST and reach it from elsewhere through ssh -L, or set DLC_REGION and keys.';
  }
  const name = isLoopback(host)
    ? origin && !isLoopback(origin.hostname) && 'JOBWRIGHT_ORIGIN'
    : 'JOBWRIGHT_HOST';
  if (!name) return undefined;
  const harm = kind === 'local' ? 'run commands on this machine' : 'submit jobs at your expense';
  return `${name} lets other machines reach Jobwright, which cannot tell people apart: anyone there could ${harm}. Set JOBWRIGHT_ALLOW_ANYONE=yes if that is intended.`;
}

function toPoll(kind: EnvConnection['kind'], values: Variables): PollIntervals {
  const local = kind === 'local';
  return {
    activeMs: values.JOBWRIGHT_POLL_ACTIVE_MS ?? (local ? 2000 : 15_000),
    waitingMs: values.JOBWRIGHT_POLL_WAITING_MS ?? (local ? 2000 : 30_000),
    listMs: values.JOBWRIGHT_POLL_LIST_MS ?? (local ? 2000 : 30_000),
    logsMs: values.JOBWRIGHT_POLL_LOGS_MS ?? (local ? 2000 : 5000),
  };
}
