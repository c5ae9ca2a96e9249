import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openStore, type Store } from '@/lib/server/store/open';
import { insertSubmission, moveSubmission } from '@/lib/server/store/submissions';
import { newPlace, type Place, storeKinds } from '@/lib/server/store/test-place';
import { newRow } from '@/lib/server/store/test-row';
import { during, watchStore } from './points';

describe.each(storeKinds)('on %s', (kind) => {
  let place: Place;
  let plain: Store;
  beforeAll(async () => {
    place = await newPlace(kind);
    plain = await openStore(place);
  });
  afterAll(async () => {
    await plain.close();
    await place.remove();
  });

  // Twice: what was built for the first is not built again for the second.
  it.each(['first', 'second'])('a submission passes every point of the ledger, the %s one too', async () => {
    const reached: string[] = [];
    const store = watchStore(plain, (point, id) => reached.push(id === row.id ? point : `${point} of ${id}`));
    const row = { ...newRow(), state: 'sending' as const };
    const at = { updated_at: row.updated_at };
    await during(row.id, async () => {
      await insertSubmission(store, row, {});
      const fence = { id: row.id, states: ['sending' as const], attempt: row.attempt };
      await moveSubmission(store, fence, { state: 'unconfirmed', ...at }, {});
      const open = { ...fence, states: ['unconfirmed' as const] };
      await moveSubmission(store, open, { state: 'accepted', job_id: 'dlc1', ...at }, {});
    });
    const settled = ['before-settle', 'after-settle'];
    const begun = ['before-insert', 'before-claim', 'after-insert', 'after-claim'];
    expect(reached).toEqual([...begun, ...settled, ...settled]);
  });

  it('a claim by itself is one, and to reserve again is none', async () => {
    const reached: string[] = [];
    const store = watchStore(plain, (point) => reached.push(point));
    const row = { ...newRow(), state: 'refused' as const };
    const at = { updated_at: row.updated_at };
    const { id, attempt } = row;
    await insertSubmission(plain, row, {});
    await during(id, async () => {
      const fence = { id, states: ['refused' as const], attempt };
      await moveSubmission(store, fence, { state: 'reserved', attempt: attempt + 1, ...at }, {});
      expect(reached).toEqual([]);
      const next = { id, states: ['reserved' as const], attempt: attempt + 1 };
      await moveSubmission(store, next, { state: 'sending', ...at }, {});
    });
    expect(reached).toEqual(['before-claim', 'after-claim']);
  });
});
