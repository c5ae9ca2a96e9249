import 'server-only';
import {
  type ExpressionBuilder,
  type InsertQueryBuilder,
  type Kysely,
  type RawBuilder,
  sql,
  type UpdateQueryBuilder,
} from 'kysely';
import type { NewSubmissionRow, Schema, Store, SubmissionRow, SubmissionState } from './schema';

/** What must still hold for a write to count: who is late changes nothing. */
export type Fence = {
  id: string;
  states: SubmissionState[];
  attempt: number;
  owner?: string;
  /** As they were read: a change that adds to them must not lose what another has added. */
  otherJobs?: string | null;
};
export type Change = Partial<Omit<SubmissionRow, 'id' | 'created_at'>> & {
  state: SubmissionState;
  updated_at: string;
};

type Detail = Record<string, unknown>;
export type Move = { fence: Fence; change: Change; detail: Detail };

/** Inserts the row, changed at once where `next` is given, and notes both; false where its id is taken. */
export async function insertSubmission(
  store: Store,
  row: NewSubmissionRow,
  detail: Detail,
  next?: Pick<Move, 'change' | 'detail'>,
) {
  const events = [toEvent(row.id, 1, { ...row, detail })];
  if (next) events.push(toEvent(row.id, 2, { attempt: row.attempt, ...next.change, detail: next.detail }));
  return store.writeOne((db) => {
    const insert = db
      .insertInto('submissions')
      .values({ ...row, ...next?.change })
      .onConflict((conflict) => conflict.column('id').doNothing())
      .returning('id');
    return changeAndNote(store.kind, db, insert, events);
  });
}

/** Changes the row and notes it as an event, both or neither; false where the fence no longer holds. */
export async function moveSubmission(store: Store, fence: Fence, change: Change, detail: Detail) {
  return store.writeOne((db) => move(store.kind, db, { fence, change, detail }));
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
        for (const one of some) if (await move(store.kind, trx, one)) done.push(one);
        return done;
      })),
    );
  }
  return moved;
}

async function move(kind: Store['kind'], db: Kysely<Schema>, { fence, change, detail }: Move) {
  const { id, states, attempt, owner, otherJobs } = fence;
  const update = db
    .updateTable('submissions')
    .set(change)
    .where('id', '=', id)
    .where('state', 'in', states)
    .where('attempt', '=', attempt)
    .$if(owner !== undefined, (query) => query.where('owner', '=', owner ?? ''))
    .$if(otherJobs !== undefined, (query) =>
      query.where('other_jobs', otherJobs === null ? 'is' : '=', otherJobs ?? null),
    )
    .returning('id');
  return changeAndNote(kind, db, update, [toEvent(id, 'next', { attempt, ...change, detail })]);
}

type Changed =
  | InsertQueryBuilder<Schema, 'submissions', { id: string }>
  | UpdateQueryBuilder<Schema, 'submissions', 'submissions', { id: string }>;

/** False where nothing is changed; then nothing is noted. */
async function changeAndNote(
  kind: Store['kind'],
  db: Kysely<Schema>,
  changed: Changed,
  events: RawBuilder<unknown>[],
): Promise<boolean> {
  const insert = sql`insert into submission_events (submission_id, seq, attempt, at, state, detail)`;
  if (kind === 'postgres') {
    // One round trip, and a transaction by itself.
    const noted = await sql`with changed as (${changed}) ${insert}
      select noted.* from changed, (${sql.join(events, sql` union all `)}) as noted`.execute(db);
    return noted.numAffectedRows === BigInt(events.length);
  }
  if ((await changed.execute()).length === 0) return false;
  await sql`${insert} ${sql.join(events, sql` union all `)}`.execute(db);
  return true;
}

/** A row of submission_events to select; `next`: after the last there is. */
function toEvent(
  id: string,
  seq: number | 'next',
  {
    attempt,
    updated_at,
    state,
    detail,
  }: Pick<SubmissionRow, 'attempt' | 'updated_at' | 'state'> & Pick<Move, 'detail'>,
): RawBuilder<unknown> {
  const after = sql`(select coalesce(max(seq), 0) + 1 from submission_events where submission_id = ${id})`;
  const count = seq === 'next' ? after : sql`cast(${seq} as integer)`;
  return sql`select ${id}, ${count}, cast(${attempt} as integer), ${updated_at}, ${state}, ${JSON.stringify(detail)}`;
}

export async function findSubmission({ db }: Store, id: string): Promise<SubmissionRow | undefined> {
  return db.selectFrom('submissions').selectAll().where('id', '=', id).executeTakeFirst();
}

/**
 * The submission a job came from, be it the job it was accepted with or one of its others; in any endpoint where none
 * is given.
 */
export async function findSubmissionOfJob(
  { db }: Store,
  jobId: string,
  endpoint?: string,
): Promise<SubmissionRow | undefined> {
  const latest = db
    .selectFrom('submissions')
    .selectAll()
    .$if(endpoint !== undefined, (query) => query.where('endpoint', '=', endpoint ?? ''))
    .orderBy('created_at', 'desc');
  const accepted = await latest.where('job_id', '=', jobId).executeTakeFirst();
  if (accepted) return accepted;
  const named = toPart(JSON.stringify(jobId));
  return latest
    .where('other_jobs', 'is not', null)
    .where(sql<boolean>`other_jobs like ${named} escape '\\'`)
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
  return or([
    sql<boolean>`lower(display_name) like ${toPart(text.toLowerCase())} escape '\\'`,
    eb('id', '=', text.toLowerCase()),
    eb('job_id', '=', text),
    eb('request_id', '=', text),
  ]);
}

/** A pattern of LIKE for what holds the text. */
function toPart(text: string): string {
  return `%${text.replace(/[\\%_]/g, '\\$&')}%`;
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
