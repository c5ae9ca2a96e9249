import { randomBytes } from 'node:crypto';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Postgres, startPostgres } from '@/e2e/postgres';
import { openStore, type Store } from './open';
import { openPostgres } from './postgres';
import { findSubmission, insertSubmission } from './submissions';
import { type Disk, hasDisks, newDisk } from './test-disk';
import { ask, hasPostgres } from './test-place';
import { newRow } from './test-row';

const undo: (() => unknown)[] = [];
afterEach(async () => {
  // Whatever fails, the rest is undone as well: a disk would stay mounted.
  const undone = [];
  for (const step of undo.splice(0).toReversed())
    undone.push(...(await Promise.allSettled([(async () => step())()])));
  expect(undone.filter(({ status }) => status === 'rejected')).toEqual([]);
});

function disk(): Disk {
  const made = newDisk();
  undo.push(made.remove);
  return made;
}

function closeAtEnd(store: Store): Store {
  undo.push(store.close);
  return store;
}

/** Stores until it no longer can; what was acknowledged, and what was said then. */
async function fill(store: Store): Promise<{ ids: string[]; fault: unknown }> {
  const ids: string[] = [];
  for (;;) {
    // Random, so that no store can press it together.
    const row = { ...newRow(), body: JSON.stringify(randomBytes(25_000).toString('base64')) };
    try {
      await insertSubmission(store, row, {});
    } catch (fault) {
      return { ids, fault };
    }
    ids.push(row.id);
  }
}

async function storeOne(store: Store): Promise<string> {
  const row = newRow();
  expect(await insertSubmission(store, row, {})).toBe(true);
  return row.id;
}

async function expectAll(store: Store, ids: string[]): Promise<void> {
  for (const id of ids) expect(await findSubmission(store, id)).toMatchObject({ id });
}

describe.runIf(hasDisks)('on SQLite', () => {
  it('a full disk is named, loses nothing acknowledged, and once it has room all goes on', async () => {
    const { dir, makeRoom } = disk();
    const store = closeAtEnd(await openStore({ dataDir: dir }));
    const { ids, fault } = await fill(store);
    expect(String(fault)).toBe(
      `StoreFault: The disk of ${dir}/jobwright.sqlite is full: free some space and Jobwright goes on, or set JOBWRIGHT_DATA_DIR to another folder.`,
    );
    expect(ids.length).toBeGreaterThan(5);
    await expectAll(store, ids);
    makeRoom();
    await expectAll(store, [...ids, await storeOne(store)]);
  });

  it('a disk that is full or read-only at the start is named', async () => {
    const { dir, makeRoom, setReadOnly } = disk();
    writeFileSync(join(dir, 'more'), Buffer.alloc(2 * 1024 * 1024));
    await expect(openStore({ dataDir: dir })).rejects.toThrow(/jobwright\.sqlite is full/);
    makeRoom();
    await (await openStore({ dataDir: dir })).close();
    setReadOnly();
    await expect(openStore({ dataDir: dir })).rejects.toThrow(/jobwright\.sqlite cannot be used \(EROFS\)/);
  });
});

describe.runIf(hasPostgres)('on PostgreSQL', () => {
  let server: Postgres;
  beforeAll(async () => {
    server = await startPostgres();
  });
  afterAll(() => server.remove());

  it.runIf(hasDisks)('a full disk is named, loses nothing, and once it has room all goes on', async () => {
    const small = disk();
    const space = join(small.dir, 'space');
    mkdirSync(space);
    server.give(space);
    await ask(server.url, `create tablespace small location '${space}'`);
    undo.push(() => ask(server.url, 'drop tablespace small'));
    undo.push(() => ask(server.url, 'drop schema elsewhere cascade'));
    await ask(server.url, 'create schema elsewhere');
    const settings = encodeURIComponent('-cdefault_tablespace=small -csearch_path=elsewhere');
    const store = closeAtEnd(await openPostgres(`${server.url}&options=${settings}`));
    const { ids, fault } = await fill(store);
    expect(String(fault)).toMatch(/^StoreFault: PostgreSQL at .* has no disk space left/);
    small.makeRoom();
    await expectAll(store, [...ids, await storeOne(store)]);
  });

  it('a server that stops is named at once, and when it is back all goes on', async () => {
    const store = closeAtEnd(await openPostgres(server.url));
    const ids = [await storeOne(store)];
    for (const mode of ['fast', 'immediate'] as const) {
      await server.stop(mode);
      const begun = performance.now();
      for (let time = 0; time < 2; time += 1)
        await expect(storeOne(store)).rejects.toThrow(/^PostgreSQL at .* cannot be reached \(ENOENT\)/);
      expect(performance.now() - begun).toBeLessThan(1_000);
      await server.start();
      ids.push(await storeOne(store));
    }
    await expectAll(store, ids);
  });

  it('a server that stops within a transaction takes it back, and says so', async () => {
    const store = closeAtEnd(await openPostgres(server.url));
    const row = newRow();
    const stopped = store.db.transaction().execute(async (trx) => {
      await trx.insertInto('submissions').values(row).execute();
      await server.stop();
    });
    await expect(stopped).rejects.toThrow(/^PostgreSQL at .* (cannot be reached|is starting or stopping)/);
    await server.start();
    expect(await findSubmission(store, row.id)).toBeUndefined();
  });

  it('a server that is paused is named within seconds, and goes on by itself', async () => {
    const limits = { connections: 2, connectMs: 1_000, statementMs: 500, lockMs: 100 };
    const store = closeAtEnd(await openPostgres(server.url, limits));
    const ids = [await storeOne(store)];
    server.signalAll('SIGSTOP');
    undo.push(() => server.signalAll('SIGCONT'));
    for (const what of ['the connection it has', 'a new one']) {
      const begun = performance.now();
      await expect(storeOne(store), what).rejects.toThrow(/^PostgreSQL at .* does not answer in time/);
      expect(performance.now() - begun).toBeLessThan(2_800);
    }
    server.signalAll('SIGCONT');
    await expectAll(store, [...ids, await storeOne(store)]);
  });

  it('a transaction that a pause cut off is given up at once, and is not committed by the next one', async () => {
    const limits = { connections: 1, connectMs: 1_000, statementMs: 500, lockMs: 100 };
    const store = closeAtEnd(await openPostgres(server.url, limits));
    const row = newRow();
    undo.push(() => server.signalAll('SIGCONT'));
    let begun = 0;
    const cut = store.db.transaction().execute(async (trx) => {
      await trx.insertInto('submissions').values(row).execute();
      server.signalAll('SIGSTOP');
      begun = performance.now();
      await trx.updateTable('submissions').set({ who: 'x' }).where('id', '=', row.id).execute();
    });
    await expect(cut).rejects.toThrow('does not answer in time');
    expect(performance.now() - begun).toBeLessThan(2_800);
    server.signalAll('SIGCONT');
    await expectAll(store, [await storeOne(store)]);
    expect(await findSubmission(store, row.id)).toBeUndefined();
  });

  it('a row that another session holds is given up in time', async () => {
    const limits = { connections: 2, connectMs: 3_000, statementMs: 2_000, lockMs: 100 };
    const store = closeAtEnd(await openPostgres(server.url, limits));
    const id = await storeOne(store);
    await store.db.transaction().execute(async (trx) => {
      await trx.updateTable('submissions').set({ who: 'x' }).where('id', '=', id).execute();
      const second = store.db.updateTable('submissions').set({ who: 'y' }).where('id', '=', id).execute();
      await expect(second).rejects.toThrow('did not get a lock in time');
    });
    expect(await findSubmission(store, id)).toMatchObject({ who: 'x' });
  });

  it('a server that has become a standby is refused, and taken again when it leads', async () => {
    const store = closeAtEnd(await openPostgres(server.url));
    const id = await storeOne(store);
    const signal = join(server.dir, 'data', 'standby.signal');
    await server.stop();
    writeFileSync(signal, '');
    await server.start();
    await expect(openPostgres(server.url)).rejects.toThrow('is read-only, as a standby is');
    await expect(storeOne(store)).rejects.toThrow('is read-only, as a standby is');
    await server.stop();
    rmSync(signal);
    await server.start();
    await expectAll(store, [id, await storeOne(store)]);
  });

  it('a server that does not sync is refused', async () => {
    const careless = await startPostgres({ fsync: 'off' });
    undo.push(careless.remove);
    await expect(openPostgres(careless.url)).rejects.toThrow('runs with fsync = off');
  });
});
