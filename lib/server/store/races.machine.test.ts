import type { Kysely } from 'kysely';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openStore, type Store } from './open';
import type { Schema, SubmissionRow } from './schema';
import { findEvents, findSubmission, insertSubmission, moveSubmission } from './submissions';
import { newPlace, type Place, storeKinds } from './test-place';
import { newRow } from './test-row';

describe.each(storeKinds)('two writers of one row of %s', (kind) => {
  let place: Place;
  const open: Store[] = [];
  beforeAll(async () => {
    place = await newPlace(kind);
  });
  afterAll(() => place.remove());
  beforeEach(() => place.clear());
  afterEach(async () => {
    for (const store of open.splice(0)) await store.close();
  });

  async function openTwo(): Promise<[Store, Store]> {
    const two: [Store, Store] = [await openStore(place), await openStore(place)];
    open.push(...two);
    return two;
  }

  it('keep what each of them adds, and count each other’s events', async () => {
    const both = await openTwo();
    const row = { ...newRow(), state: 'accepted' as const, job_id: 'dlc0' };
    await insertSubmission(both[0], row, {});
    const jobs = Array.from({ length: 20 }, (_, index) => `dlc${index + 1}`);
    await Promise.all(jobs.map((job, index) => add(both[index % 2 === 0 ? 0 : 1], row.id, job)));
    const kept = await findSubmission(both[0], row.id);
    expect(JSON.parse(kept?.other_jobs ?? '[]').sort()).toEqual(jobs.sort());
    const events = await findEvents(both[0], [row.id]);
    expect(events.map(({ seq }) => seq)).toEqual(Array.from({ length: 21 }, (_, index) => index + 1));
  });

  it('may lock two rows in a circle: one begins anew', async () => {
    const both = await openTwo();
    const rows = [newRow(), newRow()];
    for (const row of rows) await insertSubmission(both[0], row, {});
    const count = (db: Kysely<Schema>, id: string | undefined) =>
      db
        .updateTable('submissions')
        .set(({ eb }) => ({ looks: eb('looks', '+', 1) }))
        .where('id', '=', id ?? '')
        .execute();
    let runs = 0;
    let locked = 0;
    let tell = () => {};
    // SQLite has one writer at a time: the other does not get as far.
    const isCircle = new Promise<void>((resolve) => {
      tell = resolve;
      if (kind === 'SQLite') resolve();
    });
    const work = (first?: SubmissionRow, second?: SubmissionRow) => async (db: Kysely<Schema>) => {
      runs += 1;
      await count(db, first?.id);
      locked += 1;
      if (locked === 2) tell();
      await isCircle;
      await count(db, second?.id);
    };
    const [a, b] = rows;
    await Promise.all([both[0].write(work(a, b)), both[1].write(work(b, a))]);
    expect(runs).toBe(kind === 'SQLite' ? 2 : 3);
    for (const { id } of rows) expect(await findSubmission(both[0], id)).toMatchObject({ looks: 2 });
  });
});

/** Adds the job to what is there, whoever else does so. */
async function add(store: Store, id: string, job: string): Promise<void> {
  for (;;) {
    const row = await findSubmission(store, id);
    if (!row) throw new Error('the row is gone');
    const others: string[] = JSON.parse(row.other_jobs ?? '[]');
    const fence = { id, states: [row.state], attempt: row.attempt, otherJobs: row.other_jobs };
    const change = {
      state: row.state,
      updated_at: new Date().toISOString(),
      other_jobs: JSON.stringify([...others, job]),
    };
    if (await moveSubmission(store, fence, change, { job })) return;
  }
}
