import { points } from './plan';
import { type Tally, total } from './tally';

export type Check = { fact: string; holds: boolean; seen: string };

/** What must be true after a run; `isLong` where it was long enough for all to have happened. */
export function toChecks(tally: Tally, isLong: boolean): Check[] {
  const { name, submissions, duplicates, kills, pauses, outages } = tally;
  if (name === 'no ledger')
    return [
      {
        fact: `${name}: more than a tenth of the submissions have more than one job, so that these runs would show it`,
        holds: duplicates.length > submissions / 10,
        seen: `${duplicates.length} of ${submissions}`,
      },
    ];
  const none = (what: string, ids: string[]): Check => ({
    fact: `${name}: ${what}`,
    holds: ids.length === 0,
    seen: `${ids.length}, e.g. ${ids.slice(0, 3).join(' ')}`,
  });
  const ended = tally.complaints.filter((one) => one.includes('ended by itself'));
  const done = [...kills.keys(), ...pauses.keys()];
  const everywhere = name === 'npm start' ? [] : [...points, 'recovery', 'migration'];
  return [
    none('no submission has more than one job', duplicates),
    none('what a caller was told is in the ledger', tally.forgotten),
    none('every job belongs to an accepted submission', tally.lost),
    none('every accepted submission has its job', tally.invented),
    none('every submission is settled', tally.unsettled),
    none('no instance ended by itself', ended),
    {
      fact: `${name}: instances were killed and paused`,
      holds: total(kills) > 0 && total(kills) + total(pauses) >= submissions / 30,
      seen: `${total(kills)} and ${total(pauses)}`,
    },
    ...(isLong
      ? [
          none(
            'at every point',
            everywhere.filter((point) => !done.includes(point)),
          ),
        ]
      : []),
    ...(isLong && name === 'PostgreSQL'
      ? [none('the database was taken away', total(outages) > 1 ? [] : ['never'])]
      : []),
  ];
}
