import 'server-only';
import { setTimeout as pause } from 'node:timers/promises';
import type { Problem } from '@/lib/problem';
import { fail, ok, type Result } from '@/lib/result';
import type { Dlc } from './dlc';
import type { StoreWatch } from './store/watch';

/** A check that is made once however many ask, and not again before its result is `maxAgeMs` old. */
type Check = () => Promise<Result<null, string>>;

type CheckOptions = { maxAgeMs: number; waitMs: number; now?: () => number };

/** Counts from when the check began. Who asks waits for `waitMs` at most; a later one gets what came of it. */
export function newCheck(
  run: () => Promise<Result<null, string>>,
  { maxAgeMs, waitMs, now = () => performance.now() }: CheckOptions,
): Check {
  let last: { begunAt: number; result: Promise<Result<null, string>> } | undefined;
  return async () => {
    if (!last || now() - last.begunAt >= maxAgeMs) {
      const result = run().catch((error: unknown) => fail(toWord(error)));
      last = { begunAt: now(), result };
    }
    const late = fail(`no answer within ${waitMs / 1_000} s`);
    const stop = new AbortController();
    const timer = pause(waitMs, late, { signal: stop.signal }).catch(() => late);
    return Promise.race([last.result, timer]).finally(() => stop.abort());
  };
}

/** Whether the store takes writes: asked at most every five seconds. */
export function newStoreCheck({ takesWrite }: Pick<StoreWatch, 'takesWrite'>): Check {
  const write = async (): Promise<Result<null, string>> =>
    (await takesWrite()) ? ok(null) : fail('takes no write; the log says why');
  return newCheck(write, { maxAgeMs: 5_000, waitMs: 2_000 });
}

/** Whether the DLC answers and lets us list jobs: asked at most once a minute, however often this is called. */
export function newDlcCheck({ listJobs }: Pick<Dlc, 'listJobs'>): Check {
  const list = async (): Promise<Result<null, string>> => {
    const answer = await listJobs({ PageNumber: 1, PageSize: 1 });
    return answer.ok ? ok(null) : fail(toReason(answer.problem));
  };
  return newCheck(list, { maxAgeMs: 60_000, waitMs: 3_000 });
}

/** A machine word, since the API's own message may say more than a probe should know. */
function toReason(problem: Problem): string {
  if ('reason' in problem) return `${problem.kind}: ${problem.reason}`;
  return 'api' in problem ? `${problem.kind}: ${problem.api.status} ${problem.api.code}` : problem.kind;
}

function toWord(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown error';
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name;
}
