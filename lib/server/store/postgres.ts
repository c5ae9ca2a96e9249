import 'server-only';
import { Kysely, PostgresDialect, sql } from 'kysely';
import { describeFileFault } from '@/lib/server/data-dir';
import { migrate } from './migrations';
import { isLostRace } from './postgres-fault';
import { type Limits, newPostgresPool } from './postgres-pool';
import type { Schema, Store } from './schema';

// Together shorter than the ten seconds after which a person is told that it takes longer.
const usual: Limits = { connections: 5, connectMs: 3_000, statementMs: 4_000, lockMs: 3_000 };
// A migration may rewrite a table, and waits for another instance that does.
const migrating: Limits = { connections: 1, connectMs: 3_000, statementMs: 600_000, lockMs: 600_000 };

/** Everything that only PostgreSQL knows: how it is reached, kept durable, and locked while the schema changes. */
export async function openPostgres(databaseUrl: string, limits = usual): Promise<Store> {
  await migrateAlone(databaseUrl);
  const db = await connect(databaseUrl, limits);
  return {
    kind: 'postgres',
    db,
    // It joins the commits of several connections by itself.
    write: (work) => repeat(() => db.transaction().execute(work)),
    writeOne: (work) => repeat(() => work(db)),
    close: () => db.destroy(),
  };
}

const maxTries = 10;

/** What lost against another writer begins anew from what that one has left. */
async function repeat<T>(work: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await work();
    } catch (error) {
      if (tries === maxTries || !isLostRace(error)) throw error;
    }
  }
}

async function connect(databaseUrl: string, limits: Limits): Promise<Kysely<Schema>> {
  try {
    return new Kysely({ dialect: new PostgresDialect({ pool: await newPostgresPool(databaseUrl, limits) }) });
  } catch (error) {
    // Files that sslrootcert, sslcert and sslkey name.
    throw new Error(`DATABASE_URL cannot be used: ${describeFileFault(error)}`);
  }
}

/** One transaction under a lock that ends with it: of two instances one waits, and one that is killed leaves nothing. */
async function migrateAlone(databaseUrl: string): Promise<void> {
  const db = await connect(databaseUrl, migrating);
  try {
    await db.transaction().execute(async (trx) => {
      await sql`select pg_advisory_xact_lock(hashtext('jobwright'), hashtext(current_schema()))`.execute(trx);
      await migrate(trx);
    });
  } finally {
    await db.destroy();
  }
}
