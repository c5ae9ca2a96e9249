import { type Tally, total } from './tally';

const kinds = ['kills', 'pauses', 'outages', 'faults', 'listings'] as const;
const titles: Record<(typeof kinds)[number], string> = {
  kills: 'kill -9',
  pauses: 'paused',
  outages: 'the database',
  faults: 'CreateJob requests by what became of them',
  listings: 'pages of listings by what was wrong',
};

/** The figures of all runs, as Markdown. */
export function toReport(tallies: Tally[], seed: string): string {
  const rows: [string, (tally: Tally) => string | number][] = [
    ['submissions', ({ submissions }) => submissions],
    ['times sent', ({ sends }) => sends],
    ['answers to those who sent', ({ told }) => told],
    ['kill -9', ({ kills }) => total(kills)],
    ['pauses (SIGSTOP)', ({ pauses }) => total(pauses)],
    ['database crashed or frozen', ({ outages }) => total(outages)],
    ['CreateJob requests', ({ faults }) => total(faults)],
    ['… that went wrong', ({ faults }) => total(faults, ['ok', 'ok-slow'])],
    ['pages of listings', ({ listings }) => total(listings)],
    ['… with something wrong', ({ listings }) => total(listings, ['ok'])],
    ['jobs made', ({ jobs }) => jobs],
    ['**submissions with more than one job**', ({ duplicates }) => `**${duplicates.length}**`],
    ['**jobs of no accepted submission**', (tally) => kept(tally, tally.lost)],
    ['**told of, and not in the ledger**', (tally) => kept(tally, tally.forgotten)],
    ['**accepted without a job**', (tally) => kept(tally, tally.invented)],
    ['**not settled**', (tally) => kept(tally, tally.unsettled)],
    ...['accepted', 'refused', 'not-created', 'cancelled', 'needs-attention'].map(
      (state): [string, (tally: Tally) => string | number] => [
        `ended ${state}`,
        (tally) => (isNaive(tally) ? '' : (tally.byState[state] ?? 0)),
      ],
    ),
    ['settled only when a clock that was ahead was reached', (tally) => (isNaive(tally) ? '' : tally.late)],
    ['jobs copied by others, mark included', ({ copies }) => copies],
    ['seconds', ({ seconds }) => Math.round(seconds)],
  ];
  const lines = rows.map(([title, read]) => line([title, ...tallies.map(read)]));
  return `# Exactly one job for each submission

\`npm run crash -- --seed ${seed}\` wrote this, on Node.js ${process.versions.node}. The DLC outlives everything and counts what was made.

${line(['', ...tallies.map(({ name }) => name)])}
${line(['---', ...tallies.map(() => '---:')])}
${lines.join('\n')}

${kinds.map((kind) => toTable(kind, tallies)).join('\n\n')}
`;
}

function isNaive({ name }: Tally): boolean {
  return name === 'no ledger';
}

function kept(tally: Tally, ids: string[]): string {
  return isNaive(tally) ? '' : `**${ids.length}**`;
}

function line(cells: (string | number)[]): string {
  return `| ${cells.join(' | ')} |`;
}

/** How often each thing of a kind happened. */
function toTable(kind: (typeof kinds)[number], tallies: Tally[]): string {
  const names = [...new Set(tallies.flatMap((tally) => [...tally[kind].keys()]))].sort();
  const head = [
    line([titles[kind], ...tallies.map(({ name }) => name)]),
    line(['---', ...tallies.map(() => '---:')]),
  ];
  return [
    ...head,
    ...names.map((name) => line([name, ...tallies.map((tally) => tally[kind].get(name) ?? 0)])),
  ].join('\n');
}
