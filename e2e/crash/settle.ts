import { setTimeout as pause } from 'node:timers/promises';
import { isAhead, isSettled, type Row, type Verdict } from './verdict';

type Options = {
  read: () => Promise<Row[]>;
  judge: (rows: Row[]) => Verdict;
  /** All clocks go on, as if the time had passed by which one was ahead. */
  jump?: () => Promise<void>;
};

const maxMs = 120_000;

/**
 * Waits until every submission is settled and every job known, or no longer; how many of them a clock that was ahead
 * had put off, so that the others would have come back to them only when it was that late.
 */
export async function settle({ read, judge, jump }: Options): Promise<number> {
  const open = await waitFor(async () => (await findOpen()).filter((row) => !jump || !isAhead(row)));
  const late = open.length === 0 ? await findOpen() : [];
  if (late.length === 0 || !jump) return 0;
  await jump();
  await waitFor(findOpen);
  return late.length;

  async function findOpen(): Promise<Row[]> {
    const rows = await read();
    const lost = new Set(judge(rows).lost);
    return rows.filter((row) => !isSettled(row) || lost.has(row.id));
  }
}

/** Until there is none left; what is left when the time is up. */
async function waitFor(find: () => Promise<Row[]>): Promise<Row[]> {
  const until = performance.now() + maxMs;
  for (;;) {
    const left = await find();
    if (left.length === 0 || performance.now() > until) return left;
    await pause(500);
  }
}
