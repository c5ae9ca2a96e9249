// A process of its own that uses the store, for tests that kill it. Arguments: what to do, the options of the store as
// JSON, and how many submissions to write (without end where it is left out).
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { writeSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';

const [task, options, count = 'Infinity'] = process.argv.slice(2);
const { loadTs } = await import(pathToFileURL(path.resolve('lib/load-ts.mjs')).href);
const { migrations, openStore, insertSubmission, moveSubmission } = await loadTs(
  'lib/server/store/test-child-parts.ts',
);

// The real migrations have run by then, and nothing is committed.
if (task === 'die-migrating') migrations.push(async () => process.kill(process.pid, 'SIGKILL'));
if (task === 'migrate-slowly') {
  migrations.push(() => pause(300));
  writeSync(1, 'ready\n');
  await once(process.stdin, 'data');
  process.stdin.destroy();
}
const store = await openStore(JSON.parse(options));
if (task === 'write') for (let left = Number(count); left > 0; left -= 1) await write();
await store.close();

/** Two commits; the id is told once both are acknowledged. */
async function write() {
  const id = randomUUID();
  const at = new Date().toISOString();
  const row = {
    id,
    state: 'reserved',
    attempt: 1,
    fingerprint: 'f',
    body: '{}',
    created_at: at,
    updated_at: at,
  };
  const rest = {
    endpoint: 'http://dlc',
    identity: 'me',
    who: 'ada',
    display_name: 'x',
    job_type: 'PyTorchJob',
  };
  await insertSubmission(store, { ...row, ...rest }, {});
  const fence = { id, states: ['reserved'], attempt: 1 };
  await moveSubmission(store, fence, { state: 'sending', updated_at: at }, {});
  writeSync(1, `${id}\n`);
}
