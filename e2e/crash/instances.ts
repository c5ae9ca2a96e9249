import { setTimeout as pause } from 'node:timers/promises';
import type { Browser } from 'playwright';
import { openStore } from '@/lib/server/store/open';
import { startCloud } from './cloud';
import { captureFormPost, type FormPost } from './form-post';
import { type Pair, startPair } from './pair';
import { newPlace } from './place';
import { newRandom, toUuid } from './random';
import { settle } from './settle';
import type { Tally } from './tally';
import { judge, type Row, readRows, type Told } from './verdict';

type Options = { browser: Browser; seed: string; submissions: number };

const lifeMs = 2_000;
const maxPresses = 4;

/** The same through the real thing: two `npm start` on one database, and the form's own requests. */
export async function runInstances({ browser, seed, submissions }: Options): Promise<Tally> {
  const begunAt = performance.now();
  const place = await newPlace('postgres');
  const cloud = await startCloud(seed, lifeMs, 0);
  const closers: (() => Promise<void>)[] = [place.remove, cloud.close];
  try {
    const pair = await startPair({
      DATABASE_URL: place.databaseUrl ?? '',
      JOBWRIGHT_SECRET_KEY: Buffer.alloc(32, 'crash').toString('hex'),
      JOBWRIGHT_LOG_LEVEL: 'error',
      DLC_ENDPOINT: cloud.dlc.endpoint,
      DLC_SIGNATURE_LIFE_MS: String(lifeMs),
      ALIBABA_CLOUD_ACCESS_KEY_ID: 'LTAItestkeyid000000',
      ALIBABA_CLOUD_ACCESS_KEY_SECRET: 'test-secret-of-the-key',
    });
    closers.push(pair.dispose);
    cloud.calm(true);
    const post = await captureFormPost(browser, pair.urls[0] ?? '');
    cloud.calm(false);
    const told: Told[] = [{ id: post.id, state: 'sent' }];
    const fatal = new Map<string, number>();
    cloud.onBody = (id) => {
      const which = fatal.get(id);
      if (fatal.delete(id) && which !== undefined) pair.kill(which, 'after-body');
    };
    const sends = 1 + (await pressAll({ pair, post, seed, submissions, told, fatal }));
    cloud.calm(true);
    await pair.running();
    const store = await openStore(place);
    closers.push(store.close);
    const read = () => readRows(store);
    const judgeNow = (rows: Row[]) => judge(rows, cloud, told);
    await settle({ read, judge: judgeNow });
    return {
      name: 'npm start',
      submissions,
      sends,
      kills: pair.kills,
      pauses: pair.pauses,
      outages: new Map(),
      faults: cloud.faults,
      listings: cloud.listings,
      jobs: cloud.made.length,
      copies: 0,
      told: told.length,
      late: 0,
      seconds: (performance.now() - begunAt) / 1_000,
      complaints: [],
      ...judgeNow(await read()),
    };
  } finally {
    for (const close of closers.toReversed()) await close();
  }
}

type Pressing = {
  pair: Pair;
  post: FormPost;
  seed: string;
  submissions: number;
  told: Told[];
  /** Submissions whose instance is killed when the DLC has their request. */
  fatal: Map<string, number>;
};

/** Each twice or three times, on both instances, while these are killed and paused; gives how often that was. */
async function pressAll({ pair, post, seed, submissions, told, fatal }: Pressing): Promise<number> {
  const pressed: Promise<void>[] = [];
  let sends = 0;
  for (let index = 1; index < submissions; index += 1) {
    const random = newRandom(`${seed} form ${index}`);
    const id = toUuid(`${seed} form ${index}`);
    const first = random.between(0, 1);
    if (index % 6 === 0) fatal.set(id, first);
    for (let press = random.between(1, 3), to = first; press > 0; press -= 1, to = random.between(0, 1))
      pressed.push(sendUntilTold(id, `form-${index}`, to));
    const other = random.between(0, 1);
    const action = random.pick([['none', 8] as const, ['kill', 2] as const, ['oversleep', 1] as const]);
    await pause(random.between(200, 900));
    if (action === 'kill' || index === 1) pair.kill(other, 'at random');
    if (action === 'oversleep') pair.pause(other, 2 * lifeMs);
  }
  await Promise.all(pressed);
  return sends;

  /** A person whose page does not answer goes to the other address. */
  async function sendUntilTold(id: string, name: string, first: number): Promise<void> {
    for (let press = 0; press < maxPresses; press += 1) {
      sends += 1;
      const url = pair.urls[(first + press) % 2] ?? '';
      const answer = await post.send(url, id, name).catch(() => undefined);
      if (answer) {
        told.push({ id, ...answer });
        return;
      }
      await pause(1_000);
    }
  }
}
