import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Browser } from 'playwright';
import { findPostgres } from '@/e2e/postgres';
import { runBulk } from './bulk';
import { toChecks } from './checks';
import { runInstances } from './instances';
import { toReport } from './report';
import type { Tally } from './tally';

const parts = ['sqlite', 'postgres', 'instances', 'naive'] as const;

const sizes = {
  short: { sqlite: 100, postgres: 100, instances: 10, naive: 60, perSecond: 8 },
  long: { sqlite: 1_000, postgres: 1_000, instances: 60, naive: 1_000, perSecond: 8 },
};

/** Runs what is asked for, prints what came of it, and gives the exit code. */
export async function main(args: string[], launch: () => Promise<Browser>): Promise<number> {
  const { values } = parseArgs({
    args,
    options: { short: { type: 'boolean' }, seed: { type: 'string' }, only: { type: 'string' } },
  });
  const seed = values.seed ?? String(Date.now());
  const size = values.short ? sizes.short : sizes.long;
  const wanted = parts.filter((part) => isWanted(part, values.only));
  if (wanted.length === 0) {
    console.error(`--only takes one of ${parts.join(', ')}.`);
    return 1;
  }
  console.log(`Seed ${seed}: npm run crash -- ${values.short ? '--short ' : ''}--seed ${seed}`);
  const tallies: Tally[] = [];
  for (const part of wanted) {
    const submissions = size[part];
    const tally =
      part === 'instances'
        ? await withBrowser(launch, (browser) => runInstances({ browser, seed, submissions }))
        : await runBulk({
            kind: part === 'postgres' ? 'postgres' : 'sqlite',
            isNaive: part === 'naive',
            seed,
            submissions,
            perSecond: size.perSecond,
          });
    tallies.push(tally);
    console.log(`${tally.name}: ${tally.sends} sends in ${Math.round(tally.seconds)} s.`);
  }
  const checks = tallies.flatMap((tally) => toChecks(tally, !values.short));
  const report = toReport(tallies, seed);
  console.log(`\n${report}`);
  const failed = checks.filter(({ holds }) => !holds);
  for (const { fact, seen } of failed) console.log(`FAIL  ${fact}: ${seen}`);
  console.log(`${checks.length - failed.length} facts held, ${failed.length} failed.`);
  if (process.env.CRASH_JSON)
    writeFileSync(
      process.env.CRASH_JSON,
      JSON.stringify({ passed: checks.length - failed.length, failed: failed.length }),
    );
  if (!values.short && values.only === undefined) writeFileSync(join('e2e', 'crash', 'results.md'), report);
  return failed.length === 0 ? 0 : 1;
}

function isWanted(part: (typeof parts)[number], only: string | undefined): boolean {
  if (only !== undefined && only !== part) return false;
  if (part === 'sqlite' || part === 'naive' || findPostgres()) return true;
  if (process.env.CI) throw new Error(`The part ${part} needs PostgreSQL: install it.`);
  console.log(`PostgreSQL is not installed: the part ${part} was left out.`);
  return false;
}

async function withBrowser<T>(launch: () => Promise<Browser>, work: (browser: Browser) => Promise<T>) {
  const browser = await launch();
  try {
    return await work(browser);
  } finally {
    await browser.close();
  }
}
