import 'server-only';
import { isMainThread } from 'node:worker_threads';
import pino, { type DestinationStream } from 'pino';
import { type Env, env } from './env';
import { type Cleaner, newCleaner } from './log-clean';
import type { LogLevel } from './variables';

type Fields = Record<string, unknown>;
type Write = (message: string, fields?: Fields) => void;

/** One line of JSON per call. `fields` may hold anything: what is secret or too long does not get into the line. */
export type Log = Record<'debug' | 'info' | 'warn' | 'error', Write>;

type Destination = DestinationStream & { flush?: () => void };

type State = { log?: Log; cleaner: Cleaner };

const key = Symbol.for('jobwright.log');

// Next bundles pages, actions and instrumentation apart, and lib/start.mjs has modules of its own.
const shared = globalThis as { [key]?: State };

function state(): State {
  shared[key] ??= { cleaner: newCleaner() };
  return shared[key];
}

/** The log of this process, at the level it was started with. */
export function log(): Log {
  const current = state();
  if (!current.log) {
    for (const secret of secretsOf(env())) current.cleaner.hide(secret);
    current.log = newLog(env().logLevel);
  }
  return current.log;
}

/** From now on no line holds this text. */
export function hideInLog(...secrets: string[]): void {
  for (const secret of secrets) state().cleaner.hide(secret);
}

const gatherMs = 10;
const maxGathered = 64 * 1024;

/**
 * Writes the lines of a moment at once: each write wakes whoever reads the log, and under load that cost more than the
 * lines. What is left at the exit of the process is written then; only a kill -9 takes the last moment's lines with it.
 */
export function gather(destination: DestinationStream): Destination {
  let lines = '';
  let timer: NodeJS.Timeout | undefined;
  const flush = (): void => {
    clearTimeout(timer);
    timer = undefined;
    const gathered = lines;
    lines = '';
    if (gathered !== '') destination.write(gathered);
  };
  process.on('exit', flush);
  return {
    flush,
    write(line) {
      lines += line;
      if (lines.length > maxGathered) flush();
      else timer ??= setTimeout(flush, gatherMs).unref();
    },
  };
}

/** Two threads that wrote to one pipe themselves could cut each other's lines. */
function standardOutput(): DestinationStream {
  return isMainThread ? pino.destination({ dest: 1, sync: true }) : process.stdout;
}

/** To the standard output by default. An error, and with it all that came before, is written at once. */
export function newLog(level: LogLevel, destination: Destination = gather(standardOutput())): Log {
  const { cleaner } = state();
  const inner = pino(
    {
      level,
      messageKey: 'message',
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
    },
    destination,
  );
  const write =
    (at: keyof Log): Write =>
    (message, fields = {}) => {
      if (!inner.isLevelEnabled(at)) return;
      inner[at](cleaner.fields(fields), cleaner.text(message));
      if (at === 'error') destination.flush?.();
    };
  return { debug: write('debug'), info: write('info'), warn: write('warn'), error: write('error') };
}

/** All forms in which a secret of the configuration could turn up. */
function secretsOf({ token, secretKey, connection, databaseUrl }: Env): string[] {
  const credentials = connection.kind === 'cloud' ? connection.credentials : undefined;
  return [
    token,
    ...passwordsOf(databaseUrl),
    credentials?.accessKeySecret,
    credentials?.securityToken,
    ...(secretKey ? keyTexts(secretKey) : []),
  ].filter((secret) => secret !== undefined);
}

/** As it stands in the address, and as it is meant. */
function passwordsOf(url = ''): string[] {
  const [, written] = /:\/\/[^/@:]*:([^/]*)@/.exec(url) ?? [];
  if (!written) return [];
  try {
    return [written, decodeURIComponent(written)];
  } catch {
    return [written];
  }
}

/** The forms in which a key may be written. */
export function keyTexts(key: Buffer): string[] {
  return [
    key.toString('hex'),
    key.toString('hex').toUpperCase(),
    key.toString('base64').replace(/=+$/, ''),
    key.toString('base64url'),
  ];
}
