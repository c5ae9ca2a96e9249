import 'server-only';
import type { Transaction } from 'kysely';
import type {
  NewSubmissionRow,
  Schema,
  Store,
  SubmissionEventRow,
  SubmissionRow,
  SubmissionState,
} from './schema';

/** What must still hold for a write to count: who is late changes nothing. */
export type Fence = { id: string; states: SubmissionState[]; attempt: number; owner?: string };
export type Change = Partial<Omit<SubmissionRow, 'id' | 'created_at'>> & {
  state: SubmissionState;
  updated_at: string;
};

type Detail = Record<string, unknown>;

/** Inserts the row; false where its id is taken. */
export async function insertSubmission(store: Store, row: NewSubmissionRow, detail: Detail) {
  return store.db.transaction().execute(async (trx) => {
    const { numInsertedOrUpdatedRows } = await trx
      .insertInto('submissions')
      .values(row)
      .onConflict((conflict) => conflict.column('id').doNothing())
      .executeTakeFirst();
    if (numInsertedOrUpdatedRows !== 1n) return false;
    await append(trx, row.id, { attempt: row.attempt, at: row.updated_at, state: row.state }, detail);
    return true;
  });
}

/** Changes the row and notes it as an event, both or neither; false where the fence no longer holds. */
export async function moveSubmission(store: Store, fence: Fence, change: Change, detail: Detail) {
  // The update comes first: a transaction of SQLite that begins by reading may not be let write.
  return store.db.transaction().execute(async (trx) => {
    const { numUpdatedRows } = await trx
      .updateTable('submissions')
      .set(change)
      .where('id', '=', fence.id)
      .where('state', 'in', fence.states)
      .where('attempt', '=', fence.attempt)
      .$if(fence.owner !== undefined, (query) => query.where('owner', '=', fence.owner ?? ''))
      .executeTakeFirst();
    if (numUpdatedRows !== 1n) return false;
    const attempt = change.attempt ?? fence.attempt;
    await append(trx, fence.id, { attempt, at: change.updated_at, state: change.state }, detail);
    return true;
  });
}

/** Notes something that changes no row. */
export async function appendEvent(
  store: Store,
  id: string,
  event: Pick<SubmissionEventRow, 'attempt' | 'at' | 'state'>,
  detail: Detail,
): Promise<void> {
  await store.db.transaction().execute(async (trx) => {
    // Locks the row, as every other writer of its events does: two that count `seq` at once would collide.
    await trx.updateTable('submissions').set({ id }).where('id', '=', id).execute();
    await append(trx, id, event, detail);
  });
}

async function append(
  trx: Transaction<Schema>,
  id: string,
  event: Pick<SubmissionEventRow, 'attempt' | 'at' | 'state'>,
  detail: Detail,
): Promise<void> {
  await trx
    .insertInto('submission_events')
    .columns(['submission_id', 'seq', 'attempt', 'at', 'state', 'detail'])
    .expression((build) =>
      build
        .selectFrom('submission_events')
        .where('submission_id', '=', id)
        .select(({ fn, val, lit }) => [
          val(id).as('submission_id'),
          build(fn.coalesce(fn.max('seq'), lit(0)), '+', lit(1)).as('seq'),
          val(event.attempt).as('attempt'),
          val(event.at).as('at'),
          val(event.state).as('state'),
          val(JSON.stringify(detail)).as('detail'),
        ]),
    )
    .execute();
}

export async function findSubmission({ db }: Store, id: string): Promise<SubmissionRow | undefined> {
  return db.selectFrom('submissions').selectAll().where('id', '=', id).executeTakeFirst();
}

/** The submission a job came from; in any endpoint where none is given. */
export async function findSubmissionOfJob(
  { db }: Store,
  jobId: string,
  endpoint?: string,
): Promise<SubmissionRow | undefined> {
  return db
    .selectFrom('submissions')
    .selectAll()
    .where('job_id', '=', jobId)
    .$if(endpoint !== undefined, (query) => query.where('endpoint', '=', endpoint ?? ''))
    .orderBy('created_at', 'desc')
    .executeTakeFirst();
}

/** One page, newest first, and how many there are in all. */
export async function listSubmissions({ db }: Store, page: number, pageSize: number) {
  const rows = await db
    .selectFrom('submissions')
    .selectAll()
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(pageSize)
    .offset((page - 1) * pageSize)
    .execute();
  const count = await db
    .selectFrom('submissions')
    .select(({ fn }) => fn.countAll().as('total'))
    .executeTakeFirstOrThrow();
  return { rows, total: Number(count.total) };
}

/** Those that whoever was to send them has left: `sending` beyond the lease, `reserved` and untouched since. */
export async function findAbandoned({ db }: Store, now: string, reservedBefore: string) {
  return db
    .selectFrom('submissions')
    .select(['id', 'state', 'attempt'])
    .where(({ and, eb, or }) =>
      or([
        and([eb('state', '=', 'sending'), eb('lease_until', '<', now)]),
        and([eb('state', '=', 'reserved'), eb('updated_at', '<', reservedBefore)]),
      ]),
    )
    .execute();
}

/** The events of these submissions, in the order they happened. */
export async function findEvents({ db }: Store, ids: string[]) {
  if (ids.length === 0) return [];
  return db
    .selectFrom('submission_events')
    .selectAll()
    .where('submission_id', 'in', ids)
    .orderBy('seq')
    .execute();
}
