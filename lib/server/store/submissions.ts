import 'server-only';
import { type ExpressionBuilder, sql, type Transaction } from 'kysely';
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

/** Inserts the row, changed at once where `next` is given, and notes both; false where its id is taken. */
export async function insertSubmission(
  store: Store,
  row: NewSubmissionRow,
  detail: Detail,
  next?: Pick<Move, 'change' | 'detail'>,
) {
  const { id, attempt } = row;
  const steps = [{ change: row, detail }, ...(next ? [next] : [])];
  const events = steps.map((step, index) => ({
    submission_id: id,
    seq: index + 1,
    attempt,
    at: step.change.updated_at,
    state: step.change.state,
    detail: JSON.stringify(step.detail),
  }));
  return store.write(async (trx) => {
    const { numInsertedOrUpdatedRows } = await trx
      .insertInto('submissions')
      .values({ ...row, ...next?.change })
      .onConflict((conflict) => conflict.column('id').doNothing())
      .executeTakeFirst();
    if (numInsertedOrUpdatedRows !== 1n) return false;
    await trx.insertInto('submission_events').values(events).execute();
    return true;
  });
}

export type Move = { fence: Fence; change: Change; detail: Detail };

/** Changes the row and notes it as an event, both or neither; false where the fence no longer holds. */
export async function moveSubmission(store: Store, fence: Fence, change: Change, detail: Detail) {
  return store.write((trx) => move(trx, { fence, change, detail }));
}

const movesAtOnce = 200;

/** Many at once, in few transactions; gives those whose fence held. */
export async function moveSubmissions(store: Store, moves: Move[]): Promise<Move[]> {
  const moved: Move[] = [];
  for (let from = 0; from < moves.length; from += movesAtOnce) {
    // In the order of their ids: two instances that move the same rows must not wait for each other in a circle.
    const some = moves.slice(from, from + movesAtOnce).sort((a, b) => (a.fence.id < b.fence.id ? -1 : 1));
    moved.push(
      ...(await store.write(async (trx) => {
        const done: Move[] = [];
        for (const one of some) if (await move(trx, one)) done.push(one);
        return done;
      })),
    );
  }
  return moved;
}

async function move(trx: Transaction<Schema>, { fence, change, detail }: Move): Promise<boolean> {
  // The update comes first: a transaction of SQLite that begins by reading may not be let write.
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

/** What a list is narrowed to; `text` is part of a name, or a whole id, JobId or RequestId. Times are ISO 8601. */
export type SubmissionFilter = {
  states?: SubmissionState[];
  who?: string;
  text?: string;
  from?: string;
  to?: string;
};

/** One page, newest first, and how many there are in all. */
export async function listSubmissions(
  { db }: Store,
  { states = [], who, text, from, to }: SubmissionFilter,
  page: number,
  pageSize: number,
) {
  const matching = db
    .selectFrom('submissions')
    .$if(states.length > 0, (query) => query.where('state', 'in', states))
    .$if(who !== undefined, (query) => query.where('who', '=', who ?? ''))
    .$if(from !== undefined, (query) => query.where('created_at', '>=', from ?? ''))
    .$if(to !== undefined, (query) => query.where('created_at', '<', to ?? ''))
    .$if(text !== undefined, (query) => query.where((build) => hasText(build, text ?? '')));
  const rows = await matching
    .selectAll()
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(pageSize)
    .offset((page - 1) * pageSize)
    .execute();
  const count = await matching.select(({ fn }) => fn.countAll().as('total')).executeTakeFirstOrThrow();
  return { rows, total: Number(count.total) };
}

function hasText({ eb, or }: ExpressionBuilder<Schema, 'submissions'>, text: string) {
  const part = `%${text.toLowerCase().replace(/[\\%_]/g, '\\$&')}%`;
  return or([
    sql<boolean>`lower(display_name) like ${part} escape '\\'`,
    eb('id', '=', text.toLowerCase()),
    eb('job_id', '=', text),
    eb('request_id', '=', text),
  ]);
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

/** How many are unconfirmed, and when the oldest of them was sent. */
export async function findUnconfirmed({ db }: Store) {
  const { count, oldest } = await db
    .selectFrom('submissions')
    .select(({ fn }) => [fn.countAll().as('count'), fn.min('signed_at').as('oldest')])
    .where('state', '=', 'unconfirmed')
    .executeTakeFirstOrThrow();
  return { count: Number(count), oldestAt: oldest === null ? undefined : new Date(oldest) };
}
