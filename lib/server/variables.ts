import 'server-only';
import { isIP } from 'node:net';
import * as z from 'zod';

z.config({ jitless: true });

const text = z.string().optional();

function whole(name: string, min: number, max: number) {
  return z
    .string()
    .regex(/^\d{1,9}$/, `${name} must be a whole number from ${min} to ${max}.`)
    .transform(Number)
    .refine((value) => value >= min && value <= max, `${name} must be a whole number from ${min} to ${max}.`)
    .optional();
}

function amount(name: string) {
  const message = `${name} must be a number above 0, such as 4 or 0.5.`;
  return z
    .string()
    .regex(/^\d{1,6}(\.\d{1,3})?$/, message)
    .transform(Number)
    .refine((value) => value > 0, message)
    .optional();
}

function hostName(name: string) {
  return z
    .string()
    .refine((value) => isIP(value) > 0 || /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/i.test(value), {
      error: `${name} must be an IP address or a host name, without a port.`,
    })
    .optional();
}

function intervalMs(name: string) {
  return whole(name, 250, 3_600_000);
}

const logLevels = ['debug', 'info', 'warn', 'error', 'silent'] as const;

export type LogLevel = (typeof logLevels)[number];

/** What each variable may be by itself. Every message is a sentence for the person who starts Jobwright. */
export const variables = z.object({
  PORT: whole('PORT', 1, 65535),
  JOBWRIGHT_HOST: hostName('JOBWRIGHT_HOST'),
  JOBWRIGHT_ORIGIN: z
    .string()
    .refine((value) => isOrigin(value, ['http:', 'https:']), {
      error: 'JOBWRIGHT_ORIGIN must be an address such as https://jobs.example.com, without a path.',
    })
    .transform((value) => new URL(value))
    .optional(),
  JOBWRIGHT_DATA_DIR: text,
  LOCAL_DLC: z.enum(['on', 'off'], { error: 'LOCAL_DLC must be on or off.' }).optional(),
  JOBWRIGHT_LOCAL_CPU: amount('JOBWRIGHT_LOCAL_CPU'),
  JOBWRIGHT_LOCAL_MEMORY_GIB: amount('JOBWRIGHT_LOCAL_MEMORY_GIB'),
  JOBWRIGHT_LOCAL_GPU: whole('JOBWRIGHT_LOCAL_GPU', 0, 1024),
  DATABASE_URL: z
    .string()
    .refine((value) => isDatabaseUrl(value), {
      error:
        'DATABASE_URL must be an address such as postgres://user:password@host:5432/database; in the password, write % and two hexadecimal digits for / ? # and @. Leave it out to keep the ledger in the data directory.',
    })
    .optional(),
  DLC_REGION: text,
  DLC_ENDPOINT: z
    .string()
    .refine((value) => isOrigin(value, ['http:', 'https:']), {
      error:
        'DLC_ENDPOINT must be an address such as https://pai-dlc.cn-hangzhou.aliyuncs.com, without a path.',
    })
    .transform((value) => new URL(value))
    .optional(),
  DLC_SIGNATURE_LIFE_MS: whole('DLC_SIGNATURE_LIFE_MS', 500, 900_000),
  ALIBABA_CLOUD_ACCESS_KEY_ID: z
    .string()
    .regex(/^[\x21-\x7e]{1,256}$/, 'ALIBABA_CLOUD_ACCESS_KEY_ID must be printable characters without blanks.')
    .optional(),
  ALIBABA_CLOUD_ACCESS_KEY_SECRET: z
    .string()
    .regex(
      /^[\x21-\x7e]{1,512}$/,
      'ALIBABA_CLOUD_ACCESS_KEY_SECRET must be printable characters without blanks.',
    )
    .optional(),
  ALIBABA_CLOUD_SECURITY_TOKEN: z
    .string()
    .regex(
      /^[\x21-\x7e]{1,8192}$/,
      'ALIBABA_CLOUD_SECURITY_TOKEN must be printable characters without blanks.',
    )
    .optional(),
  JOBWRIGHT_SECRET_KEY: z
    .string()
    .refine((value) => keyBytes(value) !== undefined, {
      error: 'JOBWRIGHT_SECRET_KEY must be 32 bytes as base64 or hex, such as `openssl rand -hex 32` prints.',
    })
    .transform((value) => keyBytes(value))
    .optional(),
  NEXT_SERVER_ACTIONS_ENCRYPTION_KEY: z
    .string()
    .regex(
      /^[A-Za-z0-9+/]{43}=$/,
      'NEXT_SERVER_ACTIONS_ENCRYPTION_KEY must be 32 bytes as base64, such as `openssl rand -base64 32` prints.',
    )
    .optional(),
  JOBWRIGHT_TOKEN: z
    .string()
    .regex(
      /^[\x21-\x7e]{16,512}$/,
      'JOBWRIGHT_TOKEN must be at least 16 printable characters without blanks.',
    )
    .optional(),
  JOBWRIGHT_ALLOW_ANYONE: z
    .literal('yes', { error: 'JOBWRIGHT_ALLOW_ANYONE can only be set to yes; leave it out otherwise.' })
    .optional(),
  JOBWRIGHT_OPS_PORT: whole('JOBWRIGHT_OPS_PORT', 1, 65535),
  JOBWRIGHT_OPS_HOST: hostName('JOBWRIGHT_OPS_HOST'),
  JOBWRIGHT_OPS_PUBLIC: z
    .literal('yes', { error: 'JOBWRIGHT_OPS_PUBLIC can only be set to yes; leave it out otherwise.' })
    .optional(),
  JOBWRIGHT_LOG_LEVEL: z
    .enum(logLevels, { error: `JOBWRIGHT_LOG_LEVEL must be one of ${logLevels.join(', ')}.` })
    .optional(),
  JOBWRIGHT_POLL_ACTIVE_MS: intervalMs('JOBWRIGHT_POLL_ACTIVE_MS'),
  JOBWRIGHT_POLL_WAITING_MS: intervalMs('JOBWRIGHT_POLL_WAITING_MS'),
  JOBWRIGHT_POLL_LIST_MS: intervalMs('JOBWRIGHT_POLL_LIST_MS'),
  JOBWRIGHT_POLL_LOGS_MS: intervalMs('JOBWRIGHT_POLL_LOGS_MS'),
});

export type Variables = z.output<typeof variables>;

/** Scheme, host and port only: no user, path, query or fragment, and a port of 1 or more. */
function isOrigin(value: string, schemes: string[]): boolean {
  if (!URL.canParse(value) || !/^[a-z]+:\/\/[^/\\?#@\s]+\/?$/i.test(value)) return false;
  const url = new URL(value);
  return schemes.includes(url.protocol) && url.port !== '0' && url.pathname === '/';
}

/** A password with a bare / ? or # would put its rest into what is shown; the empty host stands for a socket. */
function isDatabaseUrl(value: string): boolean {
  return (
    /^postgres(ql)?:\/\/([^/?#]*@)?[^@/?#]*(\/[^@?#]*)?(\?[^@#]*)?$/i.test(value) &&
    URL.canParse(value.replace('@/', '@localhost/'))
  );
}

function keyBytes(value: string): Buffer | undefined {
  if (/^[0-9a-f]{64}$/i.test(value)) return Buffer.from(value, 'hex');
  if (/^[A-Za-z0-9+/_-]{43}=?$/.test(value)) return Buffer.from(value, 'base64');
  return undefined;
}
