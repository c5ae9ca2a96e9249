import { execFile } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import http from 'node:http';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { median, ratio, table } from './numbers.mjs';
import { startBare, startJobwright } from './servers.mjs';

export const title = 'Submissions';
/** Its servers are its own: it can be measured, and its part of the results replaced, by itself. */
export const isAlone = true;

const submissions = 300;

export async function run({ rounds }) {
  const { loadTs } = await import(new URL('../../lib/load-ts.mjs', import.meta.url));
  const { startFaultDlc } = await loadTs('e2e/fault-dlc.ts');
  const { startPostgres } = await loadTs('e2e/postgres.ts');
  const stops = [];
  try {
    const dlc = await startFaultDlc();
    stops.push(dlc.close);
    const postgres = await startPostgres();
    stops.push(postgres.remove);
    const cloud = {
      DLC_ENDPOINT: dlc.endpoint,
      ALIBABA_CLOUD_ACCESS_KEY_ID: 'bench',
      ALIBABA_CLOUD_ACCESS_KEY_SECRET: 'a-secret-of-the-benchmark',
    };
    const kept = { DATABASE_URL: postgres.url, JOBWRIGHT_SECRET_KEY: randomBytes(32).toString('hex') };
    const bare = await startBare();
    stops.push(bare.stop);
    const sqlite = await startJobwright(cloud);
    stops.push(sqlite.stop);
    const onPostgres = await startJobwright({ ...cloud, ...kept });
    stops.push(onPostgres.stop);
    const form = await capture(sqlite.url);
    const targets = {
      bare: newTarget(bare.url, { ...form, path: '/action', action: await findAction(bare.url) }),
      SQLite: newTarget(sqlite.url, form),
      PostgreSQL: newTarget(onPostgres.url, form),
    };
    return await measure(targets, dlc, rounds);
  } finally {
    for (const stop of stops.toReversed()) await stop();
  }
}

async function measure(targets, dlc, rounds) {
  const rows = [['Store', 'At a time', 'Jobwright, a second', 'Empty action, a second', 'Ratio']];
  let made = 0;
  for (const atOnce of [1, 10]) {
    const rates = { bare: [], SQLite: [], PostgreSQL: [] };
    for (let round = -1; round < rounds; round++)
      for (const [name, target] of Object.entries(targets)) {
        dlc.jobs.length = 0;
        dlc.requests.length = 0;
        const rate = await perSecond(target, atOnce);
        if (name !== 'bare') made += requireJobs(dlc.jobs);
        if (round >= 0) rates[name].push(rate);
      }
    const theirs = median(rates.bare);
    for (const name of ['SQLite', 'PostgreSQL']) {
      const mine = median(rates[name]);
      rows.push([name, String(atOnce), mine.toFixed(0), theirs.toFixed(0), ratio(mine, theirs)]);
    }
  }
  const note = `The form's server action as Chromium sends it, ${submissions} a round, each another submission: checked, kept with its claim before a byte leaves, signed, answered by a DLC on loopback, settled. Both stores flush every commit to the disk. The empty action is the same request to the bare app. ${made} submissions made ${made} jobs.`;
  return `${table(rows)}\n\n${note}`;
}

/** A rate counts only where each submission became one job. */
function requireJobs(jobs) {
  const marks = new Set(jobs.map(({ Settings }) => Settings.Tags['jobwright-submission']));
  if (jobs.length !== submissions || marks.size !== submissions)
    throw new Error(`${submissions} submissions made ${jobs.length} jobs of ${marks.size}.`);
  return jobs.length;
}

async function perSecond(post, atOnce) {
  const began = performance.now();
  let left = submissions;
  const work = async () => {
    while (left-- > 0) await post();
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return (submissions * 1_000) / (performance.now() - began);
}

/** The request that Chromium sends for the filled form. */
async function capture(url) {
  const script = fileURLToPath(new URL('./capture.mjs', import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, [script, url]);
  return JSON.parse(stdout);
}

async function findAction(url) {
  const html = await (await fetch(`${url}/action`)).text();
  return /\$ACTION_ID_([0-9a-f]+)/.exec(html)[1];
}

/** Posts the captured request as a new submission each time. */
function newTarget(url, { headers, action, path, body }) {
  const { host, hostname, port, origin } = new URL(url);
  // Both servers end a connection that was idle for five seconds, and a target waits longer for its turn.
  const agent = new http.Agent({ keepAlive: true, timeout: 1_000 });
  const own = { host, origin, referer: `${origin}${path}`, 'next-action': action };
  const sent = Object.fromEntries(
    Object.entries(headers).filter(([name]) => !/^:|^content-length$/.test(name)),
  );
  const [oldId] = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/.exec(body);
  return () =>
    new Promise((resolve, reject) => {
      const options = { hostname, port, path, method: 'POST', headers: { ...sent, ...own }, agent };
      const request = http.request(options, async (answer) => {
        let text = '';
        for await (const part of answer.setEncoding('utf8')) text += part;
        if (answer.statusCode === 200 && !text.includes('"ok":false')) resolve(text);
        else reject(new Error(`${answer.statusCode}: ${text.slice(0, 500)}`));
      });
      request.on('error', reject);
      request.end(body.replaceAll(oldId, randomUUID()));
    });
}
