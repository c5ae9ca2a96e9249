import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { Client } from 'pg';
import { findPostgres, type Postgres, startPostgres } from '@/e2e/postgres';
import type { StoreOptions } from './open';

export type StoreKind = 'SQLite' | 'PostgreSQL';

/** Where the tests of one file keep their store. */
export type Place = StoreOptions & {
  /** Leaves nothing of what was stored; no store may be open. */
  clear(): Promise<void>;
  /** What a select gives to somebody else. */
  ask(statement: string): Promise<unknown[]>;
  /** All that is kept of submissions. */
  bytes(): Promise<Buffer>;
  remove(): Promise<void>;
  /** The server of its own that it is on. */
  postgres: Postgres | undefined;
};

export const hasPostgres = findPostgres() !== undefined;
if (!hasPostgres) {
  if (process.env.CI) throw new Error('The tests of the store need PostgreSQL: install it.');
  process.stderr.write('PostgreSQL is not installed: what is tested on it was left out.\n');
}

export const storeKinds: StoreKind[] = hasPostgres ? ['SQLite', 'PostgreSQL'] : ['SQLite'];

const chosen: { kind: StoreKind } = { kind: 'SQLite' };

/** Where `newPlace` makes its places from now on, in this file of tests. */
export function testOn(kind: StoreKind): void {
  chosen.kind = kind;
}

export async function newPlace(kind = chosen.kind): Promise<Place> {
  const dataDir = mkdtempSync(join(tmpdir(), 'jobwright-store-'));
  const postgres = kind === 'PostgreSQL' ? await startPostgres() : undefined;
  return {
    dataDir,
    databaseUrl: postgres?.url,
    postgres,
    async clear() {
      for (const name of readdirSync(dataDir)) rmSync(join(dataDir, name), { recursive: true });
      if (postgres) await ask(postgres.url, 'drop schema public cascade; create schema public');
    },
    async ask(statement) {
      if (postgres) return ask(postgres.url, statement);
      const file = new Database(join(dataDir, 'jobwright.sqlite'), { readonly: true });
      try {
        return file.prepare(statement).all();
      } finally {
        file.close();
      }
    },
    async bytes() {
      if (!postgres)
        return Buffer.concat(readdirSync(dataDir).map((name) => readFileSync(join(dataDir, name))));
      const kept =
        'select s::text, e::text from submissions s join submission_events e on e.submission_id = s.id';
      return Buffer.from(JSON.stringify(await ask(postgres.url, kept)));
    },
    async remove() {
      await postgres?.remove();
      rmSync(dataDir, { recursive: true });
    },
  };
}

type Task = 'die-migrating' | 'migrate-slowly' | 'write';
type ChildOptions = {
  /** How many submissions to write; without end where it is left out. */
  count?: number;
  /** A command that runs it, such as a tracer. */
  under?: string[];
};

/** A process of its own that uses the store (test-child.mjs). */
export function startChild(place: StoreOptions, task: Task, { count, under = [] }: ChildOptions = {}) {
  const { dataDir, databaseUrl } = place;
  const options = JSON.stringify({ dataDir, databaseUrl });
  const script = ['lib/server/store/test-child.mjs', task, options, ...(count ? [String(count)] : [])];
  const [command = '', ...args] = [...under, process.execPath, ...script];
  return spawn(command, args, { stdio: ['pipe', 'pipe', 'pipe'] });
}

/** What the statement gives, over a connection of its own. */
export async function ask(databaseUrl: string, statement: string): Promise<Record<string, unknown>[]> {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(statement)).rows;
  } finally {
    await client.end();
  }
}
