import { setTimeout as pause } from 'node:timers/promises';
import type { Postgres } from '@/e2e/postgres';
import type { Member } from './crew';
import { newRandom } from './random';
import { count } from './tally';

type Options = {
  seed: string;
  members: readonly Member[];
  postgres: Postgres | undefined;
  lifeMs: number;
  /** What was done to the database, by kind. */
  outages: Map<string, number>;
  /** How many answers people got so far: a machine that is busy is not given more to do. */
  answers: () => number;
  signal: AbortSignal;
};

const maxCalmMs = 5_000;
const turnEvery = 6;

/** Kills and pauses instances, and takes the database away, until it is told to stop. */
export async function wreak({
  seed,
  members,
  postgres,
  lifeMs,
  outages,
  answers,
  signal,
}: Options): Promise<void> {
  const random = newRandom(`${seed} chaos`);
  let database: Promise<void> = Promise.resolve();
  let isBusy = false;
  const away = (kind: string, go: (server: Postgres) => Promise<void>) => {
    if (!postgres || isBusy) return;
    isBusy = true;
    count(outages, kind);
    database = go(postgres).finally(() => {
      isBusy = false;
    });
  };

  for (let round = 1; ; round += 1) {
    const until = answers() + random.between(6, 26);
    const gapMs = random.between(200, 600);
    const action = random.pick([
      ['kill', 6],
      ['pause', 2],
      ['oversleep', 2],
      ['recovery', 4],
      ['crash', 0.7],
      ['freeze', 0.5],
    ]);
    const member = random.pick(members.map((one, index) => [one, index < 2 ? 4 : 1]));
    const size = random.next();
    const latest = performance.now() + maxCalmMs;
    do await pause(gapMs, undefined, { signal }).catch(() => {});
    while (!signal.aborted && answers() < until && performance.now() < latest);
    if (signal.aborted) return database;
    if (action === 'kill') member.kill('at random');
    // Its next start has another clock.
    if (round % turnEvery === 0) members[2]?.kill('at random');
    if (action === 'pause') member.pause(100 + 800 * size, 'at random');
    // A lease is one and a half times the life of a signature.
    if (action === 'oversleep') member.pause(lifeMs * (1.6 + size), 'at random');
    if (action === 'recovery') member.order({ kind: 'recovery', afterSteps: Math.floor(8 * size) });
    if (action === 'crash')
      away('crashed', async (server) => {
        await server.stop('immediate');
        await pause(200 + 2_500 * size);
        await server.start();
      });
    if (action === 'freeze')
      away('frozen', async (server) => {
        server.signalAll('SIGSTOP');
        await pause(500 + 4_000 * size);
        server.signalAll('SIGCONT');
      });
  }
}
