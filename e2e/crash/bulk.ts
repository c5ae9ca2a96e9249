import { setTimeout as pause } from 'node:timers/promises';
import { openStore } from '@/lib/server/store/open';
import type { Store } from '@/lib/server/store/schema';
import { findEvents, findSubmission } from '@/lib/server/store/submissions';
import { wreak } from './chaos';
import { type Cloud, startCloud } from './cloud';
import { type Book, type MemberOptions, newMember } from './crew';
import { type Kind, newPlace, type Place } from './place';
import { toPlan } from './plan';
import { newPresses, type Presses } from './presses';
import { newRandom } from './random';
import { settle } from './settle';
import type { Tally } from './tally';
import { judge, type Row, readRows, type Verdict } from './verdict';
import type { WorkerOptions } from './worker';

type Options = { kind: Kind; isNaive?: boolean; seed: string; submissions: number; perSecond: number };

const lifeMs = 3_000;
const offMs = 20 * 60_000;
// The clock of the third instance by its starts. While it is ahead it cancels what others have only just reserved.
const clocks = [0, 0, offMs, 0, 0, -offMs];

/** Many submissions through three instances on one store, while all fails that can fail. */
export async function runBulk({
  kind,
  isNaive = false,
  seed,
  submissions,
  perSecond,
}: Options): Promise<Tally> {
  const begunAt = performance.now();
  const place = await newPlace(kind);
  const cloud = await startCloud(seed, lifeMs, isNaive ? 0 : 10);
  const book: Book = { kills: new Map(), pauses: new Map(), senders: new Map(), complaints: [] };
  const outages = new Map<string, number>();
  const over = new AbortController();
  const shared = toShared(place, cloud, isNaive);
  const crew = ['a', 'b', 'c'].map((name) => newMember(toMember(name, shared, seed), book));
  const presses = newPresses(crew, seed);
  Object.assign(book, { onOutcome: presses.onOutcome, onLost: presses.onLost });
  cloud.onBody = (id) => {
    if (presses.isFatal(id)) book.senders.get(id)?.kill('after-body');
  };
  let store: Store | undefined;
  try {
    await Promise.all(crew.map((member) => member.ready()));
    const opened = await openStore(place);
    store = opened;
    const read = () => readRows(opened);
    const { postgres } = place;
    const { answers } = presses;
    const chaos = wreak({ seed, members: crew, postgres, lifeMs, outages, answers, signal: over.signal });
    const again = isNaive ? undefined : pressAgain(read, presses, seed, over.signal);
    await presses.sendAll(toPlan(seed, submissions), perSecond);
    over.abort();
    await Promise.all([chaos, again]);
    cloud.calm(true);
    const judgeNow = (rows: Row[]) => judge(rows, cloud, presses.told);
    const late = isNaive ? 0 : await settle({ read, judge: judgeNow, jump });
    const verdict = judgeNow(await read());
    if (!isNaive) await tellStories(opened, cloud, verdict);
    return {
      name: isNaive ? 'no ledger' : kind === 'sqlite' ? 'SQLite' : 'PostgreSQL',
      submissions,
      sends: presses.sent(),
      kills: book.kills,
      pauses: book.pauses,
      outages,
      faults: cloud.faults,
      listings: cloud.listings,
      jobs: cloud.made.length,
      copies: cloud.copies.length,
      told: answers(),
      late,
      seconds: (performance.now() - begunAt) / 1_000,
      complaints: book.complaints,
      ...verdict,
    };
  } finally {
    over.abort();
    await Promise.all(crew.map((member) => member.stop()));
    await store?.close();
    await cloud.close();
    await place.remove();
  }

  async function jump(): Promise<void> {
    await Promise.all(crew.map((member) => member.stop()));
    const jumpMs = offMs + 60_000;
    cloud.dlc.clockOffsetMs = jumpMs;
    const calm = { offsetMs: () => jumpMs, diesMigrating: () => false };
    const next = ['a', 'b'].map((name) => newMember({ ...toMember(name, shared, seed), ...calm }, book));
    crew.splice(0, crew.length, ...next);
  }
}

/** Prints all that is known of the submissions that something is wrong with. */
async function tellStories(store: Store, cloud: Cloud, verdict: Verdict): Promise<void> {
  const { duplicates, forgotten, lost, invented, unsettled } = verdict;
  for (const id of new Set([...duplicates, ...forgotten, ...lost, ...invented, ...unsettled])) {
    console.log(`\nWhat is known of ${id}:`);
    for (const line of cloud.story.get(id) ?? []) console.log(`  ${line}`);
    for (const { at, attempt, state, detail } of await findEvents(store, [id]))
      console.log(`  ${at} attempt ${attempt} ${state} ${detail}`);
    const { body: _, ...row } = (await findSubmission(store, id)) ?? { body: '' };
    console.log(`  ${JSON.stringify(row)}`);
  }
}

/** Some of those who are told that no job exists press “Submit again”. */
async function pressAgain(read: () => Promise<Row[]>, presses: Presses, seed: string, signal: AbortSignal) {
  const seen = new Set<string>();
  const open: Promise<void>[] = [];
  while (!signal.aborted) {
    // While the database is away, nobody sees anything.
    for (const { id, state, attempt } of await read().catch(() => [])) {
      const key = `${id} ${attempt}`;
      if (!['refused', 'not-created', 'cancelled'].includes(state) || seen.has(key)) continue;
      seen.add(key);
      if (newRandom(`${seed} again ${key}`).chance(0.4)) open.push(presses.sendAgain(id, attempt));
    }
    await pause(1_000, undefined, { signal }).catch(() => {});
  }
  await Promise.all(open);
}

function toShared(place: Place, { dlc }: Cloud, isNaive: boolean): WorkerOptions {
  const credentials = { accessKeyId: 'LTAItestkeyid000000', accessKeySecret: 'test-secret-of-the-key' };
  const { endpoint } = dlc;
  return {
    dataDir: place.dataDir,
    databaseUrl: place.databaseUrl,
    connection: { kind: 'cloud', endpoint, region: 'cn-hangzhou', credentials, signatureLifeMs: lifeMs },
    isNaive,
  };
}

function toMember(name: string, shared: WorkerOptions, seed: string): MemberOptions {
  const random = newRandom(`${seed} member ${name}`);
  return {
    ...shared,
    name,
    // The second is a little off, as clocks are.
    offsetMs: (start) =>
      name === 'a' ? 0 : name === 'b' ? lifeMs / 5 : (clocks[start % clocks.length] ?? 0),
    // The first finds no tables and dies while it makes them.
    diesMigrating: (start) => !shared.isNaive && (name === 'a' && start === 0 ? true : random.chance(0.07)),
    // Longer inside a transaction would only show that nobody else can write to SQLite.
    stoppedMs: (point) =>
      point.startsWith('before') || random.chance(0.5)
        ? random.between(100, 900)
        : random.between(1.6 * lifeMs, 2.6 * lifeMs),
  };
}
