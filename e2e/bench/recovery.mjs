import { randomBytes, randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { median, table } from './numbers.mjs';

export const title = 'Recovery';
/** It needs no pages: it can be measured, and its part of the results replaced, by itself. */
export const isAlone = true;

const unconfirmed = 10_000;
const tag = 'jobwright-submission';
const credentials = { accessKeyId: 'bench', accessKeySecret: 'a-secret-of-the-benchmark' };
// Signed longer ago than a job could still turn up, over ten minutes.
const oldestMs = 40 * 60_000;
const spreadMs = 10 * 60_000;

const cases = [
  { name: 'each has a job', settled: 'accepted', areMade: true },
  { name: 'none has a job, others have as many', settled: 'not-created', areMade: false },
];

export async function run({ rounds }) {
  const { loadTs } = await import(new URL('../../lib/load-ts.mjs', import.meta.url));
  const { newPlace } = await loadTs('lib/server/store/test-place.ts');
  const parts = {
    ...(await loadTs('lib/server/dlc.ts')),
    ...(await loadTs('lib/server/ledger.ts')),
    ...(await loadTs('lib/server/seal.ts')),
    ...(await loadTs('lib/server/store/open.ts')),
    ...(await loadTs('lib/server/store/test-row.ts')),
  };
  const { startFaultDlc } = await loadTs('e2e/fault-dlc.ts');
  const dlc = await startFaultDlc();
  const places = { SQLite: await newPlace('SQLite'), PostgreSQL: await newPlace('PostgreSQL') };
  const rows = [
    ['10,000 unconfirmed submissions', 'Store', 'Listings', 'Pages', 'One listing each', 'Seconds'],
  ];
  try {
    for (const given of cases) {
      const runs = { SQLite: [], PostgreSQL: [] };
      for (let round = 0; round < rounds; round++)
        for (const [name, place] of Object.entries(places))
          runs[name].push(await recover({ ...parts, dlc }, place, given));
      for (const [name, all] of Object.entries(runs)) {
        const of = (key) => median(all.map((one) => one[key]));
        const figures = [of('listings'), of('pages'), unconfirmed, of('seconds').toFixed(1)];
        rows.push([given.name, name, ...figures.map(String)]);
      }
    }
  } finally {
    for (const place of Object.values(places)) await place.remove();
    await dlc.close();
  }
  const note =
    'Signed over ten minutes, long ago; from the first look to the last row settled. The DLC is in the same process, and its time is in the seconds; it lists 100 jobs a page, and what fills more than one page is listed twice before anything is believed absent; the second listing shows that marks are listed at all.';
  return `${table(rows)}\n\n${note}`;
}

/** Fills an empty store and DLC, and looks until nothing is open any more. */
async function recover({ dlc, newDlc, newLedger, newSealer, openStore, newRow }, place, given) {
  await place.clear();
  dlc.requests.length = 0;
  dlc.jobs.length = 0;
  const store = await openStore(place);
  const now = Date.now();
  const submissions = Array.from({ length: unconfirmed + 1 }, (_, at) => {
    const signed_at = new Date(now - oldestMs + (spreadMs * at) / unconfirmed).toISOString();
    const where = { endpoint: dlc.endpoint, identity: credentials.accessKeyId };
    const times = { signed_at, first_signed_at: signed_at, look_at: signed_at };
    return { ...newRow(), ...where, ...times, state: 'unconfirmed' };
  });
  // By the one whose job is known, listings show to be worth belief.
  const known = submissions[unconfirmed];
  Object.assign(known, { state: 'accepted', job_id: toJobId(), look_at: null });
  for (const row of submissions) {
    const isMarked = given.areMade || row === known;
    dlc.jobs.push({
      JobId: row.job_id ?? toJobId(),
      DisplayName: row.display_name,
      JobType: row.job_type,
      Status: 'Running',
      GmtCreateTime: row.signed_at.replace(/\.\d+Z$/, 'Z'),
      Settings: { Tags: isMarked ? { [tag]: row.id } : {} },
    });
  }
  for (let from = 0; from < submissions.length; from += 500)
    await store.db
      .insertInto('submissions')
      .values(submissions.slice(from, from + 500))
      .execute();
  const connection = { kind: 'cloud', endpoint: dlc.endpoint, credentials };
  const ledger = newLedger({
    store,
    sealer: newSealer(randomBytes(32)),
    dlc: newDlc(connection),
    connection,
  });
  const countOf = async (state) => (await ledger.list({ states: [state], page: 1, pageSize: 1 })).total;
  const began = performance.now();
  let listings = await ledger.recover();
  while ((await countOf('unconfirmed')) > 0) {
    await pause(100);
    listings += await ledger.recover();
  }
  const seconds = (performance.now() - began) / 1_000;
  const expected = given.settled === 'accepted' ? unconfirmed + 1 : unconfirmed;
  const settled = await countOf(given.settled);
  if (settled !== expected) throw new Error(`${settled} are ${given.settled}, not ${expected}.`);
  await store.close();
  return { listings, pages: dlc.requestsOf('ListJobs').length, seconds };
}

function toJobId() {
  return `dlc${randomUUID().replaceAll('-', '').slice(0, 14)}`;
}
