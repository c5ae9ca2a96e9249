import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { preflight } from './preflight';
import { newPlace, type Place, storeKinds } from './store/test-place';

const [key, otherKey] = ['1'.repeat(64), '2'.repeat(64)];

describe.each(storeKinds)('the secret key of a store on %s', (kind) => {
  let place: Place;
  beforeAll(async () => {
    place = await newPlace(kind);
  });
  afterAll(() => place.remove());

  function start(JOBWRIGHT_SECRET_KEY: string) {
    const { dataDir, databaseUrl } = place;
    const database = databaseUrl === undefined ? {} : { DATABASE_URL: databaseUrl };
    return preflight({
      NODE_ENV: 'test',
      JOBWRIGHT_DATA_DIR: dataDir,
      JOBWRIGHT_SECRET_KEY,
      ...database,
    });
  }

  it('is the first that it was opened with, also where two come first', async () => {
    const both = await Promise.all([start(key), start(otherKey)]);
    expect(both.map(({ ok }) => ok).sort()).toEqual([false, true]);
    const known = both[0]?.ok ? key : otherKey;
    const unknown = known === key ? otherKey : key;
    expect((await start(known)).ok).toBe(true);
    const refused = await start(unknown);
    expect(refused.ok).toBe(false);
    expect(refused.ok ? '' : refused.problem).toMatch(
      /^\S.* was written with another key than JOBWRIGHT_SECRET_KEY holds, .*, or (move that file away|use an empty database)\.$/,
    );
  });
});

it('the key that was made is missed once it is gone', async () => {
  const place = await newPlace('SQLite');
  const start = () => preflight({ NODE_ENV: 'test', JOBWRIGHT_DATA_DIR: place.dataDir });
  expect((await start()).ok).toBe(true);
  expect((await start()).ok).toBe(true);
  rmSync(join(place.dataDir, 'secret.key'));
  const refused = await start();
  expect(refused.ok ? '' : refused.problem).toContain(join(place.dataDir, 'secret.key'));
  await place.remove();
});
