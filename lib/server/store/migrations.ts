import 'server-only';
import { type Kysely, sql } from 'kysely';
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

async function addRecovery(db: Kysely<Schema>): Promise<void> {
  const text = ['first_signed_at', 'look_at', 'last_look', 'other_jobs'];
  const counts = ['resend', 'doubted', 'looks'];
  const { schema } = db;
  await schema
    .alterTable('submissions')
    .addColumn('workspace_id', 'text', (column) => column.notNull().defaultTo(''))
    .execute();
  for (const name of text) await schema.alterTable('submissions').addColumn(name, 'text').execute();
  for (const name of counts)
    await schema
      .alterTable('submissions')
      .addColumn(name, 'integer', (column) => column.notNull().defaultTo(0))
      .execute();
  await schema.createIndex('submissions_by_look_at').on('submissions').column('look_at').execute();
  await schema
    .createTable('mark_sightings')
    .addColumn('place', 'text', (column) => column.notNull())
    .addColumn('identity', 'text', (column) => column.notNull())
    .addColumn('workspace_id', 'text', (column) => column.notNull())
    .addColumn('submission_id', 'text', (column) => column.notNull().references('submissions.id'))
    .addColumn('seen_at', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('mark_sightings_key', ['place', 'identity', 'workspace_id'])
    .execute();
  // Rows of the version before: what is open is looked for, in the workspace its body names.
  const rows = await db.selectFrom('submissions').select(['id', 'state', 'body', 'signed_at']).execute();
  for (const { id, state, body, signed_at } of rows) {
    const { WorkspaceId } = JSON.parse(body) as { WorkspaceId?: unknown };
    const isOpen = state === 'unconfirmed' || state === 'sending';
    await db
      .updateTable('submissions')
      .set({
        workspace_id: typeof WorkspaceId === 'string' ? WorkspaceId : '',
        first_signed_at: signed_at,
        look_at: isOpen ? signed_at : null,
      })
      .where('id', '=', id)
      .execute();
  }
}

/** The submissions that have more than one job are few, and are looked for by each of these jobs. */
async function addOtherJobsIndex({ schema }: Kysely<Schema>): Promise<void> {
  await schema
    .createIndex('submissions_with_other_jobs')
    .on('submissions')
    .column('created_at')
    .where(sql.ref('other_jobs'), 'is not', null)
    .execute();
}

/** One row at most, made by whoever opens the store first. */
async function addSecretKey({ schema }: Kysely<Schema>): Promise<void> {
  await schema
    .createTable('secret_key')
    .addColumn('id', 'integer', (column) => column.primaryKey())
    .addColumn('fingerprint', 'text', (column) => column.notNull())
    .execute();
}

/** Most submissions have no look before them, and new ones no job: an entry for each of these served nobody. */
async function narrowIndexes({ schema }: Kysely<Schema>): Promise<void> {
  for (const column of ['job_id', 'look_at'] as const) {
    const name = `submissions_by_${column}`;
    await schema.dropIndex(name).execute();
    await schema
      .createIndex(name)
      .on('submissions')
      .column(column)
      .where(sql.ref(column), 'is not', null)
      .execute();
  }
}

/** The n-th brings the schema to version n. One that was released is never changed; a new one is appended. */
export const migrations: Migration[] = [
  createSubmissions,
  addRecovery,
  addOtherJobsIndex,
  addSecretKey,
  narrowIndexes,
];

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
