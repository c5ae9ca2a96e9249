import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { Worker } from 'node:worker_threads';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { type FaultDlc, startFaultDlc } from '@/e2e/fault-dlc';
import { type LedgerThread, startLedgerThread } from './ledger-thread';
import type { LedgerWorkerData } from './ledger-worker';
import { openStore } from './store/open';
import { newPlace, type Place } from './store/test-place';

const body = { DisplayName: 'mnist', JobType: 'PyTorchJob' };
const secretKey = Buffer.alloc(32, 7);
const counts = { countCall: vi.fn(), countSubmission: vi.fn() };
const onFault = vi.fn();

let cloud: FaultDlc;
let place: Place;
let worker: Worker;
let thread: LedgerThread | undefined;

beforeAll(async () => {
  cloud = await startFaultDlc();
  place = await newPlace();
});
afterAll(async () => {
  await cloud.close();
  await place.remove();
});
beforeEach(async () => {
  vi.resetAllMocks();
  cloud.requests.length = 0;
  Object.assign(cloud, { mode: 'ok', slowMs: 300 });
  await place.clear();
});
afterEach(async () => {
  await thread?.end();
  thread = undefined;
});

function spawn(workerData: LedgerWorkerData): Worker {
  worker = new Worker(new URL('./test-ledger-worker.mjs', import.meta.url), { workerData, stdout: true });
  return worker;
}

async function start(dataDir = place.dataDir): Promise<LedgerThread> {
  const credentials = { accessKeyId: 'testid', accessKeySecret: 'the-secret-of-the-key' };
  const connection = { kind: 'cloud' as const, endpoint: cloud.endpoint, credentials };
  thread = await startLedgerThread({ connection, secretKey, dataDir, counts, onFault, spawn });
  return thread;
}

it('does what the ledger does, and counts and logs it', async () => {
  const { ledger, store, end } = await start();
  const log = text(worker.stdout);
  const id = randomUUID();
  const outcome = await ledger.submit(body, id, 'ada');
  expect(outcome).toMatchObject({ kind: 'submission', joined: false, submission: { id, state: 'accepted' } });
  expect(await ledger.get(id)).toMatchObject({ body, who: 'ada' });
  expect(await ledger.get(randomUUID())).toBeUndefined();
  await expect(ledger.submit(body, 'no id', 'ada')).rejects.toThrow('Not a submission id');
  expect(await store.takesWrite()).toBe(true);
  expect(await store.findUnconfirmed()).toEqual({ count: 0, oldestAt: undefined });
  expect(counts.countCall).toHaveBeenCalledWith(
    expect.objectContaining({ operation: 'CreateJob', outcome: 'ok' }),
  );
  await ledger.submit(body, id, 'ada');
  expect(counts.countSubmission.mock.calls).toEqual([['joined']]);
  thread = undefined;
  await end();
  const lines = (await log).trim().split('\n');
  expect(lines.map((line) => JSON.parse(line))).toMatchObject([
    { message: 'DLC call', submission: id, operation: 'CreateJob' },
    { message: 'Submission', submission: id, outcome: 'accepted', joined: false },
    { message: 'Submission', submission: id, outcome: 'accepted', joined: true },
  ]);
  expect(onFault).not.toHaveBeenCalled();
});

it('logs what it does later for a submission under its id too', async () => {
  cloud.mode = 'refused';
  const { ledger, end } = await start();
  const log = text(worker.stdout);
  const id = randomUUID();
  await ledger.submit(body, id, 'ada');
  cloud.mode = 'ok';
  expect(await ledger.submitAgain(id, 1, 'ada')).toMatchObject({ submission: { state: 'accepted' } });
  expect(await ledger.candidates(id)).toMatchObject({ ok: true });
  await ledger.decide(id, 2, { jobId: 'dlc1' }, 'ada');
  thread = undefined;
  await end();
  const lines = (await log).trim().split('\n');
  expect(lines.map((line) => JSON.parse(line))).toMatchObject([
    { message: 'DLC call', submission: id, operation: 'CreateJob', outcome: 'refused' },
    { message: 'Submission', submission: id, outcome: 'refused' },
    { message: 'DLC call', submission: id, operation: 'CreateJob', outcome: 'ok' },
    { message: 'Submission', submission: id, outcome: 'accepted', attempt: 2 },
    { message: 'DLC call', submission: id, operation: 'ListJobs' },
    { message: 'DLC call', submission: id, operation: 'GetJob', jobId: 'dlc1' },
  ]);
});

it('has settled what it was sending when it has drained', async () => {
  cloud.mode = 'ok-slow';
  const { ledger, end } = await start();
  const id = randomUUID();
  expect(await ledger.submit(body, id, 'ada', { waitMs: 20 })).toMatchObject({
    submission: { state: 'sending' },
  });
  await ledger.drain();
  thread = undefined;
  await end();
  const store = await openStore(place);
  const row = await store.db
    .selectFrom('submissions')
    .select('state')
    .where('id', '=', id)
    .executeTakeFirst();
  await store.close();
  expect(row).toEqual({ state: 'accepted' });
});

it('does not start where the store cannot be opened, and says why', async () => {
  const file = join(place.dataDir, 'a-file');
  writeFileSync(file, '');
  await expect(start(file)).rejects.toThrow(`The data directory ${file} is a file`);
  expect(onFault).not.toHaveBeenCalled();
});

it('tells where it ends by itself', async () => {
  await start();
  thread = undefined;
  const told = new Promise<unknown>((resolve) => onFault.mockImplementation(resolve));
  await worker.terminate();
  expect(String(await told)).toContain('The thread of the ledger has ended');
});
