import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { openStore } from './open';
import { newPlace, type Place, startChild, storeKinds } from './test-place';

// KILLS=50 for a longer look.
const kills = Number(process.env.KILLS ?? 3);
const canTrace = spawnSync('strace', ['-qq', '-e', 'trace=fsync', 'true']).status === 0;
if (!canTrace)
  process.stderr.write('strace cannot trace here: that each commit waits for the disk was not counted.\n');

describe.each(storeKinds)('what %s has acknowledged', (kind) => {
  let place: Place;
  let traceDir = '';
  beforeAll(async () => {
    place = await newPlace(kind);
    traceDir = mkdtempSync(join(tmpdir(), 'jobwright-trace-'));
  });
  afterAll(async () => {
    rmSync(traceDir, { recursive: true });
    await place.remove();
  });
  afterEach(() => place.clear());

  /** The ids that are not in the store as they were acknowledged: sent, and with both events. */
  async function findLost(ids: string[]): Promise<string[]> {
    const store = await openStore(place);
    try {
      const rows = await store.db
        .selectFrom('submissions')
        .innerJoin('submission_events', 'submission_id', 'id')
        .select(({ fn }) => ['id', fn.countAll<number | string>().as('events')])
        .where('submissions.state', '=', 'sending')
        .groupBy('id')
        .execute();
      const kept = new Set(rows.filter(({ events }) => Number(events) === 2).map(({ id }) => id));
      return ids.filter((id) => !kept.has(id));
    } finally {
      await store.close();
    }
  }

  /** Ends the writer with `end` some time after its first submission; what it had acknowledged by then. */
  async function writeUntil(end: (child: ChildProcess) => unknown): Promise<string[]> {
    const child = startChild(place, 'write');
    const closed = once(child, 'close');
    const written = text(child.stdout);
    await once(child.stdout, 'readable');
    await pause(Math.random() * 150);
    await end(child);
    await closed;
    // An id that was cut off was not told.
    return (await written).split('\n').slice(0, -1);
  }

  it('outlives kill -9 of whoever wrote it', async () => {
    const ids: string[] = [];
    for (let time = 0; time < kills; time += 1) {
      ids.push(...(await writeUntil((child) => child.kill('SIGKILL'))));
      expect(await findLost(ids)).toEqual([]);
    }
    expect(ids.length).toBeGreaterThan(kills);
    process.stdout.write(`${kind}: ${ids.length} submissions acknowledged over ${kills} kills, none lost.\n`);
  }, 120_000);

  // SQLite has no server of its own to crash.
  if (kind === 'PostgreSQL')
    it('outlives a crash of the server', async () => {
      const ids: string[] = [];
      for (let time = 0; time < kills; time += 1) {
        ids.push(...(await writeUntil(() => place.postgres?.stop('immediate'))));
        await place.postgres?.start();
        expect(await findLost(ids)).toEqual([]);
      }
      expect(ids.length).toBeGreaterThan(kills);
      process.stdout.write(
        `${kind}: ${ids.length} submissions acknowledged over ${kills} crashes, none lost.\n`,
      );
    }, 120_000);

  it.runIf(canTrace)('was on the disk before', async () => {
    const file = join(traceDir, 'trace');
    const calls = [
      '-f',
      '-y',
      '-s',
      '64',
      '-e',
      'trace=fsync,fdatasync,write',
      '-e',
      'signal=none',
      '-o',
      file,
    ];
    if (place.postgres) {
      const tracer = spawn('strace', [...calls, '-p', String(place.postgres.pid())]);
      await once(tracer.stderr, 'data');
      await once(startChild(place, 'write', { count: 20 }), 'close');
      tracer.kill('SIGINT');
      await once(tracer, 'close');
      expect(countSyncs(readFileSync(file, 'utf8'), /pg_wal/)).toBeGreaterThanOrEqual(40);
      return;
    }
    await once(startChild(place, 'write', { count: 20, under: ['strace', ...calls] }), 'close');
    // Each id is written after the two commits that it stands for.
    const [...told] = readFileSync(file, 'utf8').split(/write\(1<.*, "[0-9a-f-]{36}\\n"/);
    expect(told).toHaveLength(21);
    for (const before of told.slice(0, -1)) expect(countSyncs(before, /-wal>/)).toBeGreaterThanOrEqual(2);
  });
});

function countSyncs(trace: string, file: RegExp): number {
  return trace.split('\n').filter((line) => /\bf(data)?sync\(/.test(line) && file.test(line)).length;
}
