import type { Verdict } from './verdict';

type Counts = Map<string, number>;

/** What was done in one run, and what came of it. */
export type Tally = Verdict & {
  name: string;
  submissions: number;
  sends: number;
  kills: Counts;
  pauses: Counts;
  /** What was done to the database. */
  outages: Counts;
  /** What happened to CreateJob requests, and what was wrong with listings. */
  faults: Counts;
  listings: Counts;
  jobs: number;
  /** Jobs that somebody else made by copying one with its mark. */
  copies: number;
  /** How often a caller was told of a submission. */
  told: number;
  /** Settled only once the clock that was ahead had been reached. */
  late: number;
  seconds: number;
  /** What the instances said of their own accord. */
  complaints: string[];
};

export function count(counts: Counts, name: string): void {
  counts.set(name, (counts.get(name) ?? 0) + 1);
}

export function total(counts: Counts, but: string[] = []): number {
  return [...counts].reduce((sum, [name, times]) => (but.includes(name) ? sum : sum + times), 0);
}
