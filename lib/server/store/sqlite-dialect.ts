import 'server-only';
import type { Database, Statement } from 'better-sqlite3';
import {
  CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  SqliteAdapter,
  SqliteDriver,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely';
import { toSqliteFault } from './sqlite-fault';

/** SQLite whose transactions lock before they read, and whose faults are sentences. */
export function newSqliteDialect(database: Database, file: string): Dialect {
  return {
    createAdapter: () => new SqliteAdapter(),
    createDriver: () => new Driver(database, file),
    createIntrospector: (db) => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  };
}

class Driver extends SqliteDriver {
  readonly #database: Database;
  readonly #file: string;

  constructor(database: Database, file: string) {
    super({ database: { close: () => database.close(), prepare: newPreparer(database) } });
    this.#database = database;
    this.#file = file;
  }

  override async acquireConnection(): Promise<DatabaseConnection> {
    const connection = await super.acquireConnection();
    return {
      executeQuery: async (query) => {
        try {
          return await connection.executeQuery(query);
        } catch (error) {
          throw toSqliteFault(error, this.#file);
        }
      },
      streamQuery: (query, chunkSize) => connection.streamQuery(query, chunkSize),
    };
  }

  // One that has read may no longer write when another process has written since.
  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('begin immediate'));
  }

  // A full disk or a failing one has already rolled back: to do so again would fail, and hide what went wrong.
  override async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    if (this.#database.inTransaction) await super.rollbackTransaction(connection);
  }
}

// Far more than there are, apart from lists of ids: of each length that is another statement.
const maxPrepared = 200;

/** Prepares each statement once. SQLite itself prepares it again where the schema has changed. */
function newPreparer(database: Database): (text: string) => Statement {
  const prepared = new Map<string, Statement>();
  return (text) => {
    const known = prepared.get(text);
    if (known) return known;
    const statement = database.prepare(text);
    if (prepared.size < maxPrepared) prepared.set(text, statement);
    return statement;
  };
}
