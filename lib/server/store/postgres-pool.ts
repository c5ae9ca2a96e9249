import 'server-only';
import { setTimeout as pause } from 'node:timers/promises';
import type { PostgresPool, PostgresPoolClient } from 'kysely';
import type { ClientBase } from 'pg';
import { StoreFault } from './fault';
import { endsSession, type PostgresPlace, toPostgresFault } from './postgres-fault';

export type Limits = { connections: number; connectMs: number; statementMs: number; lockMs: number };

const maxCloseMs = 1_000;

/** Connections that never wait without end, are dropped when in doubt, and fail in sentences. */
export async function newPostgresPool(connectionString: string, limits: Limits): Promise<PostgresPool> {
  const { Client, Pool } = await import('pg');
  // It opens no connection, and knows what the address and the PG… variables come to.
  const { host, port, database = '' } = new Client({ connectionString });
  const place: PostgresPlace = { server: `PostgreSQL at ${host}:${port}`, database };
  const pool = new Pool({
    connectionString,
    max: limits.connections,
    connectionTimeoutMillis: limits.connectMs,
    // The server gives up by itself; this is for one that is paused or cut off.
    query_timeout: limits.statementMs + 1_000,
    idleTimeoutMillis: 30_000,
    keepAlive: true,
    application_name: 'jobwright',
    onConnect: (client) => prepareSession(client, limits, place),
  });
  // A connection that breaks would otherwise end the process: idle, the pool says so; in use, the client does.
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));

  return {
    async connect() {
      const client = await pool.connect().catch((error: unknown) => {
        throw toPostgresFault(error, place);
      });
      let lost: Error | undefined;
      async function query(sql: string, parameters: ReadonlyArray<unknown>): Promise<unknown> {
        // The rollback after a lost connection would wait as long again, and hide what went wrong.
        if (lost) throw lost;
        try {
          return await client.query({ ...toPrepared(sql), values: [...parameters] });
        } catch (error) {
          const fault = toPostgresFault(error, place);
          if (endsSession(error)) lost = fault instanceof Error ? fault : new Error(String(fault));
          throw fault;
        }
      }
      // Without the form that takes a cursor, which Kysely uses only where it is given a class for one.
      return { query: query as PostgresPoolClient['query'], release: () => client.release(lost) };
    },
    // A server that is paused does not say goodbye.
    end: () => Promise.race([pool.end(), pause(maxCloseMs, undefined, { ref: false })]),
  };
}

const preparedNames = new Map<string, string>();
// Far more than there are: each lasts as long as its connection.
const maxPrepared = 50;

/**
 * The server reads and plans a change of a submission once for each connection; under load that is most of its work.
 * Reads stay without: a prepared `select *` fails once a newer instance has added a column.
 */
function toPrepared(text: string): { text: string; name?: string } {
  if (!text.startsWith('with changed as')) return { text };
  const known = preparedNames.get(text);
  if (known || preparedNames.size === maxPrepared) return { text, ...(known ? { name: known } : {}) };
  const name = `jobwright_${preparedNames.size}`;
  preparedNames.set(text, name);
  return { text, name };
}

type Session = { version: number; standby: boolean; readOnly: boolean; fsync: string; encoding: string };

/**
 * What a commit means must not hang on the defaults of a server, a role or a database: with synchronous_commit off
 * an acknowledged claim could be gone after a crash, and its job be sent again.
 */
async function prepareSession(client: ClientBase, limits: Limits, { server, database }: PostgresPlace) {
  const { rows } = await client.query<Session>(
    `select current_setting('server_version_num')::int as version, pg_is_in_recovery() as standby,
      current_setting('transaction_read_only') = 'on' as "readOnly",
      current_setting('fsync') as fsync, current_setting('server_encoding') as encoding,
      set_config('synchronous_commit',
        case current_setting('synchronous_commit') when 'remote_apply' then 'remote_apply' else 'on' end, false),
      set_config('default_transaction_isolation', 'read committed', false),
      set_config('statement_timeout', $1, false), set_config('lock_timeout', $2, false),
      set_config('idle_in_transaction_session_timeout', $1, false)`,
    [String(limits.statementMs), String(limits.lockMs)],
  );
  const fault = rows[0] && describeServer(rows[0], server, database);
  if (fault) throw new StoreFault(fault);
}

function describeServer(session: Session, server: string, database: string): string | undefined {
  const { version, standby, readOnly, fsync, encoding } = session;
  // Before 12, one failed fsync could be forgotten and the commit acknowledged all the same.
  if (version < 120_000)
    return `${server} is version ${Math.floor(version / 10_000)}: Jobwright needs PostgreSQL 12 or newer.`;
  if (standby || readOnly)
    return `${server} is read-only, as a standby is: DATABASE_URL must name one that takes writes.`;
  if (fsync !== 'on')
    return `${server} runs with fsync = ${fsync} and would forget submissions at a power cut: turn it on.`;
  if (encoding !== 'UTF8' && encoding !== 'SQL_ASCII')
    return `The database ${database} of ${server} is in ${encoding}: Jobwright needs one in UTF8.`;
  return undefined;
}
