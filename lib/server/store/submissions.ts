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
import { runShaped } from './shaped';

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

/** Inserts the row and notes its state as the first event, both or neither; false where its id is taken. */
export async function insertSubmission(store: Store, row: NewSubmissionRow, detail: Detail) {
  const values = { row, event: toEvent(row.id, { ...row, detail }) };
  return store.writeOne((db) =>
    changeAndNote(store.kind, db, 'insert', values, (places) =>
      db
        .insertInto('submissions')
        .values(places.row)
        .onConflict((conflict) => conflict.column('id').doNothing())
        .returning('id'),
    ),
  );
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

/**
 * Of no index: a plan that PostgreSQL makes while the table is empty, and keeps, might go by the state instead of the
 * id, and read all that ever was in it.
 */
const stateUnindexed = sql<SubmissionState>`state || ''`;

async function move(kind: Store['kind'], db: Kysely<Schema>, { fence, change, detail }: Move) {
  const { id, attempt } = fence;
  const values = { fence, change, event: toEvent(id, { attempt, ...change, detail }) };
  return changeAndNote(kind, db, 'move', values, (places) => {
    const { owner, otherJobs } = places.fence;
    return db
      .updateTable('submissions')
      .set(places.change)
      .where('id', '=', places.fence.id)
      .where(stateUnindexed, 'in', places.fence.states)
      .where('attempt', '=', places.fence.attempt)
      .$if(owner !== undefined, (query) => query.where('owner', '=', owner ?? ''))
      .$if(otherJobs !== undefined, (query) =>
        query.where('other_jobs', otherJobs === null ? 'is' : '=', otherJobs ?? null),
      )
      .returning('id');
  });
}

type Changed =
  | InsertQueryBuilder<Schema, 'submissions', { id: string }>
  | UpdateQueryBuilder<Schema, 'submissions', 'submissions', { id: string }>;

/** False where nothing is changed; then nothing is noted. */
async function changeAndNote<V extends { event: NewEvent }>(
  kind: Store['kind'],
  db: Kysely<Schema>,
  name: string,
  values: V,
  toChanged: (places: V) => Changed,
): Promise<boolean> {
  const insert = sql`insert into submission_events (submission_id, seq, attempt, at, state, detail)`;
  if (kind === 'postgres') {
    // One round trip, and a transaction by itself.
    const noted = await runShaped(db, `${name} in postgres`, values, (places) =>
      sql`with changed as (${toChanged(places)}) ${insert}
        ${toSelect(places.event)} from changed`.compile(db),
    );
    return noted.numAffectedRows === 1n;
  }
  const changed = await runShaped(db, name, values, (places) => toChanged(places).compile());
  if (changed.rows.length === 0) return false;
  const { event } = values;
  await runShaped(db, 'note', { event }, (places) => sql`${insert} ${toSelect(places.event)}`.compile(db));
  return true;
}

/** A row of submission_events but for its `seq`, by which it comes after the last there is. `detail` is JSON. */
type NewEvent = {
  id: string;
  attempt: number;
  at: string;
  state: SubmissionState;
  detail: string;
};

function toEvent(
  id: string,
  {
    attempt,
    updated_at: at,
    state,
    detail,
  }: Pick<SubmissionRow, 'attempt' | 'updated_at' | 'state'> & Pick<Move, 'detail'>,
): NewEvent {
  return { id, attempt, at, state, detail: JSON.stringify(detail) };
}

function toSelect({ id, attempt, at, state, detail }: NewEvent): RawBuilder<unknown> {
  const seq = sql`(select coalesce(max(seq), 0) + 1 from submission_events where submission_id = ${id})`;
  return sql`select ${id}, ${seq}, cast(${attempt} as integer), ${at}, ${state}, ${detail}`;
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

/** What is not known yet: how many submissions are unconfirmed, and when the oldest of them was sent. */
export type Unconfirmed = { count: number; oldestAt: Date | undefined };

export async function findUnconfirmed({ db }: Store): Promise<Unconfirmed> {
  const { count, oldest } = await db
    .selectFrom('submissions')
    .select(({ fn }) => [fn.countAll().as('count'), fn.min('signed_at').as('oldest')])
    .where('state', '=', 'unconfirmed')
    .executeTakeFirstOrThrow();
  return { count: Number(count), oldestAt: oldest === null ? undefined : new Date(oldest) };
}
