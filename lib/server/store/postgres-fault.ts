import 'server-only';
import { StoreFault } from './fault';

/** `server`: how a sentence names it, such as `PostgreSQL at db:5432`. */
export type PostgresPlace = { server: string; database: string };

type Sentence = (place: PostgresPlace, code: string) => string;

// By SQLSTATE, or by its class: the first two characters.
const sentences: Partial<Record<string, Sentence>> = {
  '28': ({ server }, code) => `${server} refuses the user or the password of DATABASE_URL (${code}).`,
  '3D000': ({ server, database }) =>
    `${server} has no database ${database}: create it, or name another in DATABASE_URL.`,
  '3F000': ({ server }) =>
    `${server} finds no schema to work in: create the one that the search_path of DATABASE_URL names.`,
  '42501': ({ server, database }) =>
    `${server} does not let the user of DATABASE_URL do what Jobwright needs: grant it USAGE and CREATE on the schema in ${database}.`,
  '25006': ({ server }) =>
    `${server} is read-only, as a standby is: DATABASE_URL must name one that takes writes.`,
  '53100': ({ server }) => `${server} has no disk space left: nothing more can be submitted until it has.`,
  '53300': ({ server }) => `${server} has no connection to spare: see to its max_connections.`,
  '53': ({ server }, code) => `${server} is out of resources (${code}).`,
  '55P03': ({ server }) => `${server} did not get a lock in time: another session holds it.`,
  '57014': ({ server }) => `${server} took too long, and the statement was given up.`,
  '57': ({ server }, code) =>
    `${server} is starting or stopping (${code}): Jobwright goes on when it is back.`,
  '58': ({ server }, code) => `${server} cannot read or write its files (${code}): see its log.`,
  '08': unreachable,
};

/** What the server or the way to it is to blame for becomes a StoreFault; anything else, such as a bug, stays as it is. */
export function toPostgresFault(error: unknown, place: PostgresPlace): unknown {
  if (!(error instanceof Error) || error instanceof StoreFault) return error;
  const code = codeOf(error);
  if (isAnswer(error)) {
    const sentence = sentences[code] ?? sentences[code.slice(0, 2)];
    return sentence ? new StoreFault(sentence(place, code)) : error;
  }
  if (/time(out|d out)/i.test(error.message) || code === 'ETIMEDOUT')
    return new StoreFault(
      `${place.server} does not answer in time: see that it runs and is not overloaded; Jobwright goes on when it answers.`,
    );
  if (/CERT|SSL|TLS|ALTNAME|SIGNATURE/.test(code) || /\bSSL\b/.test(error.message))
    return new StoreFault(
      `No trusted TLS connection to ${place.server} (${code || error.message}): see to its certificate, or to sslmode and sslrootcert in DATABASE_URL.`,
    );
  return new StoreFault(unreachable(place, code || 'connection lost'));
}

/** Whether the connection must not be used again: what it is doing, and whose answer comes next, is not known. */
export function endsSession(error: unknown): boolean {
  if (!isAnswer(error)) return true;
  // A server that became read-only is left, so that the next connection may find the new primary.
  return /^(FATAL|PANIC)$/.test(error.severity) || /^(25006|57P|08)/.test(codeOf(error));
}

/** A deadlock, or two that counted the same event: the one that is told of it has changed nothing. */
export function isLostRace(error: unknown): boolean {
  if (!isAnswer(error)) return false;
  const isEvent = 'constraint' in error && error.constraint === 'submission_events_key';
  return codeOf(error) === '40P01' || (codeOf(error) === '23505' && isEvent);
}

function unreachable({ server }: PostgresPlace, code: string): string {
  return `${server} cannot be reached (${code}): see that it runs and that DATABASE_URL names it.`;
}

/** An error that the server itself has sent. */
function isAnswer(error: unknown): error is Error & { severity: string } {
  return error instanceof Error && 'severity' in error && typeof error.severity === 'string';
}

function codeOf(error: Error): string {
  return 'code' in error && typeof error.code === 'string' ? error.code : '';
}
