import 'server-only';
import type { ExpressionBuilder } from 'kysely';
import type { Schema, Store, SubmissionState } from './schema';

/** Whose listings show a submission: see place.ts. `identity` is the access key's id. */
export type Here = { endpoint: string; region: string | undefined; identity: string; isLocal: boolean };

const dueColumns = [
  'id',
  'state',
  'attempt',
  'identity',
  'workspace_id',
  'signed_at',
  'first_signed_at',
  'doubted',
  'job_id',
  'other_jobs',
  'looks',
] as const;

// What is being written or sent is not looked for: its sender knows better.
const settledOrOpen: SubmissionState[] = [
  'unconfirmed',
  'needs-attention',
  'not-created',
  'accepted',
  'refused',
  'cancelled',
];

function isHere({ eb, or }: ExpressionBuilder<Schema, 'submissions'>, here: Here) {
  return or([
    eb('endpoint', '=', here.endpoint),
    ...(here.isLocal ? [eb('identity', '=', here.identity)] : []),
    ...(here.region === undefined ? [] : [eb('region', '=', here.region)]),
  ]);
}

type Gap = (row: { isOpen: boolean; looks: number }) => number;

/**
 * Takes the submissions whose next look is due and puts that look off by `gapMs`, in one step each: of several instances
 * one gets a row.
 */
export async function claimLooks(store: Store, here: Here, now: Date, gapMs: Gap) {
  const due = (build: ExpressionBuilder<Schema, 'submissions'>) =>
    build.and([
      build('look_at', '<=', now.toISOString()),
      build('state', 'in', settledOrOpen),
      isHere(build, here),
    ]);
  const groups = await store.db
    .selectFrom('submissions')
    .select(['state', 'looks'])
    .distinct()
    .where(due)
    .execute();
  const rows = [];
  for (const { state, looks } of groups) {
    const nextMs = now.getTime() + gapMs({ isOpen: state === 'unconfirmed', looks });
    const claimed = await store.writeOne((db) =>
      db
        .updateTable('submissions')
        .set({ looks: looks + 1, look_at: new Date(nextMs).toISOString() })
        .where(due)
        .where('state', '=', state)
        .where('looks', '=', looks)
        .returning(dueColumns)
        .execute(),
    );
    rows.push(...claimed);
  }
  return rows;
}

export type DueRow = Awaited<ReturnType<typeof claimLooks>>[number];

/** Lets one submission be looked for at once. */
export async function lookNow(store: Store, id: string, now: Date): Promise<void> {
  await store.writeOne((db) =>
    db
      .updateTable('submissions')
      .set({ look_at: now.toISOString() })
      .where('id', '=', id)
      .where('state', 'in', ['unconfirmed', 'needs-attention', 'not-created'])
      .execute(),
  );
}

/** Keeps what the last look found, for people. */
export async function noteLook(store: Store, ids: string[], look: string): Promise<void> {
  for (let from = 0; from < ids.length; from += 500)
    await store.writeOne((db) =>
      db
        .updateTable('submissions')
        .set({ last_look: look })
        .where('id', 'in', ids.slice(from, from + 500))
        .execute(),
    );
}

/** Ends the search for what was signed long ago, except for what is still unconfirmed. */
export async function endLooks(store: Store, signedBefore: string): Promise<void> {
  await store.writeOne((db) =>
    db
      .updateTable('submissions')
      .set({ look_at: null })
      .where('look_at', 'is not', null)
      .where('signed_at', '<', signedBefore)
      .where('state', 'in', settledOrOpen)
      .where('state', '!=', 'unconfirmed')
      .execute(),
  );
}

/** Unconfirmed and signed long ago, wherever they went. */
export async function findStale({ db }: Store, signedBefore: string) {
  return db
    .selectFrom('submissions')
    .select(['id', 'attempt'])
    .where('state', '=', 'unconfirmed')
    .where('signed_at', '<', signedBefore)
    .execute();
}

/** Proven to have made no job, and to be sent again as the person asked. */
export async function findToResend({ db }: Store, here: Here, createdAfter: string) {
  return db
    .selectFrom('submissions')
    .select(['id', 'attempt', 'who'])
    .where('state', '=', 'not-created')
    .where('resend', '=', 1)
    .where('created_at', '>', createdAfter)
    .where((build) => isHere(build, here))
    .execute();
}

/** Accepted ones, latest first, that a listing of this identity and workspace could show. */
export async function findAccepted(
  { db }: Store,
  here: Here,
  { workspaceId, from, to, limit }: { workspaceId: string; from?: string; to?: string; limit: number },
) {
  return db
    .selectFrom('submissions')
    .select(['id', 'signed_at'])
    .where('state', '=', 'accepted')
    .where('workspace_id', '=', workspaceId)
    .where('identity', '=', here.identity)
    .where((build) => isHere(build, here))
    .$if(from !== undefined, (query) => query.where('signed_at', '>=', from ?? ''))
    .$if(to !== undefined, (query) => query.where('signed_at', '<=', to ?? ''))
    .orderBy('created_at', 'desc')
    .limit(limit)
    .execute();
}

type SightingKey = { place: string; identity: string; workspace_id: string };

export async function hasSighting({ db }: Store, key: SightingKey): Promise<boolean> {
  const found = await db
    .selectFrom('mark_sightings')
    .select('seen_at')
    .where('place', '=', key.place)
    .where('identity', '=', key.identity)
    .where('workspace_id', '=', key.workspace_id)
    .executeTakeFirst();
  return found !== undefined;
}

export async function keepSighting(
  store: Store,
  sighting: SightingKey & { submission_id: string; seen_at: string },
): Promise<void> {
  const { submission_id, seen_at } = sighting;
  await store.writeOne((db) =>
    db
      .insertInto('mark_sightings')
      .values(sighting)
      .onConflict((conflict) =>
        conflict.columns(['place', 'identity', 'workspace_id']).doUpdateSet({ submission_id, seen_at }),
      )
      .execute(),
  );
}
