import { setTimeout as pause } from 'node:timers/promises';
import { type FaultDlc, type FaultJob, type FaultMode, startFaultDlc } from '@/e2e/fault-dlc';
import { readMark, submissionTag } from '@/lib/dlc/mark';
import { newRandom, type Random } from './random';
import { count } from './tally';

/** The cloud of one run: it outlives whoever is killed, and what it has made is the truth. */
export type Cloud = {
  dlc: FaultDlc;
  /** What a CreateJob has ever made, whether or not it is still there. */
  made: FaultJob[];
  /** What somebody else made of them, mark and all. */
  copies: FaultJob[];
  /** What happened to CreateJob requests, by kind, and what was wrong with listings. */
  faults: Map<string, number>;
  listings: Map<string, number>;
  /** What came of each submission, in order: for when something is wrong with it. */
  story: Map<string, string[]>;
  /** Called when a whole request has come and before anything is done about it. */
  onBody: (id: string) => void | Promise<void>;
  /** From now on nothing goes wrong, or all does. */
  calm(isCalm: boolean): void;
  close(): Promise<void>;
};

/** Of a DLC that fails as it should not, most requests still come through. */
const creations: readonly (readonly [FaultMode, number])[] = [
  ['ok', 36],
  ['ok-slow', 6],
  ['refused', 2],
  ['throttled', 4],
  ['forbidden-ram', 1],
  ['bad-signature', 1],
  ['nonce-used', 3],
  ['409', 3],
  ['500-made', 4],
  ['500-not-made', 4],
  ['502-html', 3],
  ['503', 3],
  ['504', 4],
  ['reset-before', 4],
  ['reset-after-body', 4],
  ['cut-mid-json', 4],
  ['empty-200', 3],
  ['html-200', 2],
  ['xml-200', 1],
  ['no-job-id', 3],
  ['endless', 0.3],
  ['drip', 1],
  ['redirect', 1],
  ['hang', 2],
  ['hang-made', 3],
];

type Weather = {
  listing: FaultDlc['listing'];
  otherMode: FaultMode;
  moves: 'none' | 'shifting' | 'swapping';
};
const fine: Weather = { listing: 'ok', otherMode: 'ok', moves: 'none' };
const weathers: readonly (readonly [string, Weather, number])[] = [
  ['ok', fine, 10],
  ['503', { ...fine, otherMode: '503' }, 2],
  ['cut', { ...fine, otherMode: 'cut-mid-json' }, 1],
  ['reset', { ...fine, otherMode: 'reset-after-body' }, 1],
  ['hang', { ...fine, otherMode: 'hang' }, 0.5],
  ['uncounted', { ...fine, listing: 'uncounted' }, 1],
  ['miscounted', { ...fine, listing: 'miscounted' }, 1],
  ['shifting', { ...fine, moves: 'shifting' }, 2],
  ['swapping', { ...fine, moves: 'swapping' }, 2],
];

export async function startCloud(seed: string, lifeMs: number, copies: number): Promise<Cloud> {
  const dlc = await startFaultDlc();
  dlc.signatureLifeMs = lifeMs;
  // Q is half as long again as the life of a signature; a job must be listed before it has passed.
  dlc.listLagMs = lifeMs * 0.35;
  dlc.slowMs = lifeMs / 4;
  const random = newRandom(`${seed} cloud`);
  const made: FaultJob[] = [];
  const attempts = new Map<string, number>();
  let isCalm = false;
  let copiesLeft = copies;
  let weather: { name: string; until: number; now: Weather } = { name: 'ok', until: 0, now: fine };

  const add = (job: FaultJob) => Array.prototype.push.call(dlc.jobs, job);
  dlc.jobs.push = (...jobs) => {
    made.push(...jobs);
    for (const job of jobs)
      cloud.story.get(readMark(job) ?? '')?.push(`${new Date().toISOString()} made ${job.JobId}`);
    for (const job of jobs) add(job);
    return dlc.jobs.length;
  };
  const cloud: Cloud = {
    dlc,
    made,
    copies: [],
    faults: new Map(),
    listings: new Map(),
    story: new Map(),
    onBody: () => {},
    calm(isNow) {
      isCalm = isNow;
      if (isCalm) Object.assign(dlc, { mode: 'ok', otherMode: 'ok', listing: 'ok', tagsFilter: 'works' });
    },
    close: dlc.close,
  };

  dlc.onRequest = async ({ action, body, path, headers }) => {
    if (action === 'CreateJob') {
      const id = body === '' ? '' : (readMark(JSON.parse(body)) ?? '');
      const attempt = (attempts.get(id) ?? 0) + 1;
      attempts.set(id, attempt);
      await cloud.onBody(id);
      if (isCalm) {
        count(cloud.faults, 'ok');
        return;
      }
      const choices = newRandom(`${seed} ${id} ${attempt}`);
      const isLate = id !== '' && choices.chance(0.07);
      const signedAt = Date.parse(String(headers['x-acs-date']));
      const ageMs = () => Date.now() + dlc.clockOffsetMs - signedAt;
      // Held up on its way, it arrives while its signature is still just good.
      if (isLate) await pause(Math.max(0, Math.min(lifeMs, 0.95 * lifeMs - ageMs())));
      const mode = id === '' ? 'reset-before' : isLate ? 'reset-after-body' : choices.pick(creations);
      const isExpired = !(Math.abs(ageMs()) <= lifeMs);
      const kind = id === '' ? 'reset before the body' : isLate ? 'late, then reset' : mode;
      count(cloud.faults, isExpired ? 'signature expired' : kind);
      const story = cloud.story.get(id) ?? [];
      story.push(
        `${new Date().toISOString()} request ${attempt}, signed ${String(headers['x-acs-date'])}, ${Math.round(ageMs())} ms old: ${isExpired ? 'expired' : kind}`,
      );
      cloud.story.set(id, story);
      addForeignJobs(random, add);
      const next = random.chance(0.03) ? 'reset-before' : 'ok';
      // Read as soon as this returns: nothing may be awaited after it.
      dlc.mode = mode;
      setImmediate(() => {
        dlc.mode = isCalm ? 'ok' : next;
      });
      return;
    }
    if (action !== 'ListJobs') return;
    if (isCalm) {
      count(cloud.listings, 'ok');
      return;
    }
    if (Date.now() > weather.until) {
      const [name, now] = random.pick(weathers.map(([name, now, weight]) => [[name, now] as const, weight]));
      weather = { name, now, until: Date.now() + random.between(500, 2_500) };
    }
    count(cloud.listings, weather.name);
    if (Number(new URL(path, dlc.endpoint).searchParams.get('PageNumber')) > 1) move(weather.now.moves);
    if (copiesLeft > 0 && random.chance(0.05)) copy();
    dlc.tagsFilter = random.pick([
      ['works', 2],
      ['ignored', 1],
      ['matches-nothing', 1],
    ]);
    dlc.listing = weather.now.listing;
    dlc.otherMode = weather.now.otherMode;
  };
  return cloud;

  /** Other people delete and make jobs between two pages. */
  function move(moves: Weather['moves']): void {
    const index = dlc.jobs.findIndex((job) => readMark(job) === undefined);
    const job = dlc.jobs[index];
    if (moves === 'none' || !job) return;
    dlc.jobs.splice(index, 1);
    if (moves === 'swapping') add({ ...job, JobId: `${job.JobId}b`, GmtCreateTime: toApiTime(new Date()) });
  }

  /** Somebody clones a job with its tags: two now bear its mark. */
  function copy(): void {
    const job = made.at(-1);
    // Two jobs of one id are in no listing that there can be, and none that holds them is ever believed.
    if (!job || cloud.copies.some(({ JobId }) => JobId === `${job.JobId}c`)) return;
    copiesLeft -= 1;
    const twin = { ...job, JobId: `${job.JobId}c`, GmtCreateTime: toApiTime(new Date()) };
    cloud.copies.push(twin);
    add(twin);
  }
}

/** What others have running, so that a listing has more than one page. */
function addForeignJobs(random: Random, add: (job: FaultJob) => void): void {
  for (let left = random.between(0, 3); left > 0; left -= 1) {
    const JobId = `dlcother${Math.floor(random.next() * 2 ** 40).toString(36)}`;
    const job = { DisplayName: 'of-others', JobType: 'PyTorchJob', Status: 'Running' };
    add({ ...job, JobId, GmtCreateTime: toApiTime(new Date()) });
  }
}

/** How many jobs were made for each submission. */
export function jobsBySubmission(made: FaultJob[]): Map<string, number> {
  const jobs = new Map<string, number>();
  for (const job of made) count(jobs, readMark(job) ?? `without ${submissionTag}`);
  return jobs;
}

function toApiTime(time: Date): string {
  return time.toISOString().replace(/\.\d{3}Z$/, 'Z');
}
