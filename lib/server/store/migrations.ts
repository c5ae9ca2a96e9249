import 'server-only';
import type { Kysely } from 'kysely';
import type { Schema } from './schema';

type Migration = (db: Kysely<Schema>) => Promise<void>;

async function createSubmissions(db: Kysely<Schema>): Promise<void> {
  await db.schema
    .createTable('submissions')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('attempt', 'integer', (column) => column.notNull())
    .addColumn('fingerprint', 'text', (column) => column.notNull())
    .addColumn('body', 'text', (column) => column.notNull())
    .addColumn('secrets', 'text')
    .addColumn('endpoint', 'text', (column) => column.notNull())
    .addColumn('region', 'text')
    .addColumn('identity', 'text', (column) => column.notNull())
    .addColumn('who', 'text', (column) => column.notNull())
    .addColumn('job_id', 'text')
    .addColumn('display_name', 'text', (column) => column.notNull())
    .addColumn('job_type', 'text', (column) => column.notNull())
    .addColumn('request_id', 'text')
    .addColumn('problem', 'text')
    .addColumn('owner', 'text')
    .addColumn('lease_until', 'text')
    .addColumn('signed_at', 'text')
    .addColumn('created_at', 'text', (column) => column.notNull())
    .addColumn('updated_at', 'text', (column) => column.notNull())
    .execute();
  await db.schema
    .createTable('submission_events')
    .addColumn('submission_id', 'text', (column) => column.notNull().references('submissions.id'))
    .addColumn('seq', 'integer', (column) => column.notNull())
    .addColumn('attempt', 'integer', (column) => column.notNull())
    .addColumn('at', 'text', (column) => column.notNull())
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('detail', 'text')
    .addPrimaryKeyConstraint('submission_events_key', ['submission_id', 'seq'])
    .execute();
  const indexes = { job_id: ['job_id'], state: ['state'], created_at: ['created_at', 'id'] };
  for (const [name, columns] of Object.entries(indexes))
    await db.schema.createIndex(`submissions_by_${name}`).on('submissions').columns(columns).execute();
}

/** The n-th brings the schema to version n. One that was released is never changed; a new one is appended. */
export const migrations: Migration[] = [createSubmissions];

/** Brings the schema up to date. Must run while no other process can write. */
export async function migrate(db: Kysely<Schema>): Promise<void> {
  await db.schema
    .createTable('schema_version')
    .ifNotExists()
    .addColumn('version', 'integer', (column) => column.notNull())
    .execute();
  const found = await db.selectFrom('schema_version').select('version').executeTakeFirst();
  const version = found?.version ?? 0;
  if (version > migrations.length)
    throw new Error(
      `The data was written by a newer Jobwright (schema ${version}; this one knows ${migrations.length}). Start that version, or use another JOBWRIGHT_DATA_DIR or DATABASE_URL.`,
    );
  if (version === migrations.length) return;
  for (const step of migrations.slice(version)) await step(db);
  await db.deleteFrom('schema_version').execute();
  await db.insertInto('schema_version').values({ version: migrations.length }).execute();
}
