import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { type FaultDlc, type FaultJob, startFaultDlc } from '@/e2e/fault-dlc';
import { submissionTag } from '@/lib/dlc/mark';
import { type Connection, newDlc } from './dlc';
import { type Ledger, type LedgerOptions, newLedger, type SubmitOptions } from './ledger';
import { newSealer } from './seal';
import { openStore, type Store } from './store/open';
import { newPlace, type Place } from './store/test-place';

const sealer = newSealer(Buffer.alloc(32, 7));
const minuteMs = 60_000;
const body = { DisplayName: 'mnist', JobType: 'PyTorchJob' };

let cloud: FaultDlc;
let place: Place;
let store: Store;
let ledger: Ledger;
let connection: Connection;
let logged: [string, Record<string, unknown>][] = [];
let found: string[] = [];

beforeAll(async () => {
  cloud = await startFaultDlc();
  place = await newPlace();
});
afterAll(async () => {
  await cloud.close();
  await place.remove();
});

beforeEach(async () => {
  // The one clock of Jobwright and the DLC; timers and sockets stay real.
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() });
  cloud.requests.length = 0;
  cloud.jobs.length = 0;
  logged = [];
  found = [];
  Object.assign(cloud, {
    mode: 'ok',
    otherMode: 'ok',
    listing: 'ok',
    tagsFilter: 'works',
    listLagMs: 0,
  });
  const credentials = { accessKeyId: 'testid', accessKeySecret: 'testsecret' };
  connection = { kind: 'cloud', endpoint: cloud.endpoint, region: 'cn-test', credentials, deadlineMs: 300 };
  await place.clear();
  store = await openStore(place);
  ledger = open();
});
afterEach(async () => {
  await ledger.drain();
  await store.close();
  vi.useRealTimers();
});

function open(more: Partial<LedgerOptions> = {}): Ledger {
  const log: LedgerOptions['log'] = (message, detail) => logged.push([message, detail]);
  const tell: LedgerOptions['found'] = (finding) => found.push(finding);
  return newLedger({ store, sealer, dlc: newDlc(connection), connection, log, found: tell, ...more });
}

function pass(ms: number): void {
  vi.setSystemTime(Date.now() + ms);
}

/** Submits in a mode of the DLC; gives the submission's id. */
async function submit(mode: FaultDlc['mode'], more: object = {}, options: SubmitOptions = {}) {
  const id = randomUUID();
  cloud.mode = mode;
  await ledger.submit({ ...body, ...more }, id, 'ada', options);
  cloud.mode = 'ok';
  return id;
}

function listings(): number {
  return cloud.requestsOf('ListJobs').length;
}

function jobsOf(id: string): FaultJob[] {
  return cloud.jobs.filter((job) => JSON.stringify(job.Settings).includes(id));
}

describe('an unconfirmed submission whose job exists', () => {
  it('is accepted once a listing shows its mark, by one request, and not looked for before its time', async () => {
    const id = await submit('reset-after-body');
    expect(await ledger.get(id)).toMatchObject({ state: 'unconfirmed', nextLookAt: expect.any(String) });
    expect(await ledger.recover()).toBe(0);
    pass(1_100);
    expect(await ledger.recover()).toBe(1);
    const view = await ledger.get(id);
    expect(view).toMatchObject({ state: 'accepted', jobId: jobsOf(id)[0]?.JobId, otherJobs: [] });
    expect(view).not.toHaveProperty('problem');
    expect(view).not.toHaveProperty('nextLookAt');
    expect(view?.lastLook).toMatchObject({ jobs: 1, isComplete: true });
    expect(view?.events.at(-1)?.detail).toMatchObject({ why: 'listed' });
    pass(minuteMs);
    expect(await ledger.recover()).toBe(0);
    expect(cloud.requestsOf('CreateJob')).toHaveLength(1);
  });

  it('is found without the Tags filter, among the jobs of everybody and of the time it was sent', async () => {
    cloud.tagsFilter = 'matches-nothing';
    const id = await submit('504', { WorkspaceId: '268' });
    pass(1_100);
    await ledger.recover();
    expect(await ledger.get(id)).toMatchObject({ state: 'accepted' });
    const query = new URL(cloud.requestsOf('ListJobs')[0]?.path ?? '', cloud.endpoint).searchParams;
    expect(query.has('Tags')).toBe(false);
    expect(Object.fromEntries(query)).toMatchObject({ ShowOwn: 'false', WorkspaceId: '268', Order: 'asc' });
    expect(Date.parse(query.get('StartTime') ?? '')).toBeLessThan(Date.now() - 15 * minuteMs);
  });

  it('is looked for after 1, 2, 4 … at most 60 seconds', async () => {
    cloud.listLagMs = 60 * minuteMs;
    const id = await submit('504');
    const gaps: number[] = [];
    for (let look = 0; look < 9; look += 1) {
      const { nextLookAt, updatedAt } = (await ledger.get(id)) ?? {};
      const now = Date.now();
      gaps.push(
        Math.round((Date.parse(nextLookAt ?? '') - (look === 0 ? Date.parse(updatedAt ?? '') : now)) / 1_000),
      );
      pass(Date.parse(nextLookAt ?? '') - now + 5);
      expect(await ledger.recover()).toBe(1);
    }
    expect(gaps).toEqual([1, 2, 4, 8, 16, 32, 60, 60, 60]);
  });

  it('is found by a listing that fails at its second page', async () => {
    const id = await submit('504');
    for (let index = 0; index < 150; index += 1)
      cloud.jobs.push({
        JobId: `dlcother${index}`,
        Status: 'Running',
        GmtCreateTime: '2999-01-01T00:00:00Z',
      });
    for (const job of cloud.jobs) job.GmtCreateTime = cloud.jobs[0]?.GmtCreateTime ?? '';
    cloud.onRequest = ({ path }) => {
      cloud.otherMode = path.includes('PageNumber=2') ? '503' : 'ok';
    };
    pass(30 * minuteMs);
    await ledger.recover();
    cloud.onRequest = () => {};
    expect(await ledger.get(id)).toMatchObject({
      state: 'accepted',
      lastLook: { isComplete: false, problem: { kind: 'unconfirmed' } },
    });
  });

  it('with two jobs is accepted with the earlier one, and the other is told', async () => {
    const id = await submit('504');
    const [first] = cloud.jobs;
    if (!first) throw new Error('no job');
    const later = new Date(Date.parse(first.GmtCreateTime) + 1_000).toISOString().replace('.000', '');
    // Whichever comes first in the listing.
    cloud.jobs.unshift({ ...first, JobId: 'dlctwin', GmtCreateTime: later });
    pass(2_100);
    await ledger.recover();
    const view = await ledger.get(id);
    expect(view).toMatchObject({ state: 'accepted', jobId: first.JobId, otherJobs: ['dlctwin'] });
    for (const endpoint of [cloud.endpoint, undefined])
      expect(await ledger.findByJobId(endpoint, 'dlctwin')).toEqual(view);
    expect(await ledger.findByJobId(undefined, 'dlctwi_')).toBeUndefined();
    expect(await ledger.findByJobId(undefined, 'dlctwi')).toBeUndefined();
    expect(found.sort()).toEqual(['found', 'second-job']);
    expect(logged).toMatchObject([
      ['A submission has more than one job.', { submission: id, otherJobs: ['dlctwin'] }],
    ]);
  });

  it('stays found when the job is deleted afterwards, and is not sent again', async () => {
    const id = await submit('504');
    pass(1_100);
    await ledger.recover();
    const jobId = cloud.jobs[0]?.JobId;
    cloud.jobs.length = 0;
    pass(30 * minuteMs);
    await ledger.recover();
    expect(await ledger.submit(body, id, 'ada')).toMatchObject({ joined: true });
    expect(await ledger.submitAgain(id, 1, 'ada')).toMatchObject({ joined: true });
    expect(await ledger.get(id)).toMatchObject({ state: 'accepted', jobId });
    expect(cloud.requestsOf('CreateJob')).toHaveLength(1);
  });

  it('is not mistaken for another one: marks are compared exactly', async () => {
    const id = await submit('504');
    const [job] = cloud.jobs;
    if (job) job.Settings = { Tags: { [submissionTag]: `${id}x` } };
    pass(1_100);
    await ledger.recover();
    expect(await ledger.get(id)).toMatchObject({ state: 'unconfirmed' });
  });

  it('is found by another instance, and after a restart', async () => {
    const id = await submit('hang-made');
    await store.close();
    store = await openStore(place);
    ledger = open({ owner: 'another' });
    pass(1_100);
    await ledger.recover();
    expect(await ledger.get(id)).toMatchObject({ state: 'accepted' });
  });
});

describe('an unconfirmed submission without a job', () => {
  it('is not-created after Q where listings are known to show marks', async () => {
    await submit('ok');
    const id = await submit('500-not-made');
    pass(19 * minuteMs);
    await ledger.recover();
    expect(await ledger.get(id)).toMatchObject({ state: 'unconfirmed' });
    pass(2 * minuteMs);
    await ledger.recover();
    expect(await ledger.get(id)).toMatchObject({ state: 'not-created', attempt: 1 });
    expect(cloud.requestsOf('CreateJob')).toHaveLength(2);
    expect(found.at(-1)).toBe('not-created');
    expect(await ledger.submit(body, id, 'ada')).toMatchObject({ submission: { state: 'not-created' } });
    const again = await ledger.submitAgain(id, 1, 'ada');
    expect(again).toMatchObject({ submission: { state: 'accepted', attempt: 2 } });
    expect(jobsOf(id)).toHaveLength(1);
  });

  it.each<[string, () => void]>([
    ['no accepted job was ever seen in a listing', () => (cloud.jobs.length = 0)],
    ['listings do not show the marks', () => Object.assign(cloud, { listing: 'without-settings' })],
  ])('needs attention where %s', async (_why, spoil) => {
    await submit('ok');
    const id = await submit('500-not-made');
    spoil();
    pass(21 * minuteMs);
    await ledger.recover();
    expect(await ledger.get(id)).toMatchObject({ state: 'needs-attention' });
    pass(20 * minuteMs);
    await ledger.recover();
    expect(await ledger.get(id)).toMatchObject({ state: 'needs-attention' });
    expect(cloud.requestsOf('CreateJob')).toHaveLength(2);
  });

  it('needs attention where the job of another submission must be in the listing and is not', async () => {
    await submit('ok');
    const earlier = await submit('500-not-made');
    pass(21 * minuteMs);
    await ledger.recover();
    expect(await ledger.get(earlier)).toMatchObject({ state: 'not-created' });
    await submit('ok');
    pass(minuteMs);
    const id = await submit('500-not-made');
    cloud.jobs.length = 0;
    pass(21 * minuteMs);
    await ledger.recover();
    expect(await ledger.get(id)).toMatchObject({ state: 'needs-attention' });
  });

  it('learns of older jobs whether listings show marks', async () => {
    await submit('ok');
    pass(300 * minuteMs);
    const id = await submit('500-not-made');
    pass(21 * minuteMs);
    expect(await ledger.recover()).toBe(2);
    expect(await ledger.get(id)).toMatchObject({ state: 'not-created' });
  });

  it('is not taken for absent in another workspace’s name', async () => {
    await submit('ok', { WorkspaceId: '1' });
    const id = await submit('500-not-made', { WorkspaceId: '2' });
    pass(21 * minuteMs);
    await ledger.recover();
    expect(await ledger.get(id)).toMatchObject({ state: 'needs-attention' });
  });

  it.each(['uncounted', 'miscounted', 'shifting', 'swapping'] as const)(
    'is left open by a listing that is %s',
    async (listing) => {
      for (let index = 0; index < 2; index += 1) await submit('ok');
      const id = await submit('500-not-made');
      const [some] = cloud.jobs;
      if (!some) throw new Error('no job');
      for (let index = 0; index < 120; index += 1)
        cloud.jobs.unshift({ ...some, JobId: `dlcx${index}`, Settings: {} });
      cloud.listing = listing;
      pass(21 * minuteMs);
      await ledger.recover();
      expect(await ledger.get(id)).toMatchObject({ state: 'unconfirmed' });
      cloud.listing = 'ok';
      pass(minuteMs);
      await ledger.recover();
      expect(await ledger.get(id)).toMatchObject({ state: 'not-created' });
    },
  );

  it.each(['503', 'hang', 'html-200', 'forbidden-ram'] as const)(
    'is left open while listings answer %s',
    async (mode) => {
      await submit('ok');
      const id = await submit('500-not-made');
      cloud.otherMode = mode;
      pass(21 * minuteMs);
      await ledger.recover();
      expect(await ledger.get(id)).toMatchObject({
        state: 'unconfirmed',
        lastLook: { problem: expect.anything() },
      });
      pass(24 * 60 * minuteMs);
      await ledger.recover();
      expect(await ledger.get(id)).toMatchObject({ state: 'needs-attention' });
      expect(await ledger.get(id)).not.toHaveProperty('nextLookAt');
    },
  );

  it('is not given up early by an instance whose clock is 20 minutes ahead', async () => {
    await submit('ok');
    cloud.listLagMs = 10_000;
    const id = await submit('504');
    const ahead = open({ clock: () => new Date(Date.now() + 20 * minuteMs) });
    pass(2_000);
    await ahead.recover();
    expect(await ledger.get(id)).toMatchObject({ state: 'unconfirmed' });
    pass(10_000 - 20 * minuteMs + 22 * minuteMs);
    await ahead.recover();
    expect(await ledger.get(id)).toMatchObject({ state: 'accepted' });
    expect(jobsOf(id)).toHaveLength(1);
  });

  it('cannot be settled by another access key than the one it was sent with', async () => {
    await submit('ok');
    const id = await submit('500-not-made');
    const credentials = { accessKeyId: 'other', accessKeySecret: 'testsecret' };
    connection = { ...connection, credentials };
    ledger = open();
    await submit('ok');
    pass(21 * minuteMs);
    await ledger.recover();
    expect(await ledger.get(id)).toMatchObject({ state: 'needs-attention' });
  });
});

describe('sending again without a press', () => {
  it('happens where the person asked for it, and only after proof', async () => {
    await submit('ok');
    const id = await submit('500-not-made', {}, { resend: true });
    pass(10 * minuteMs);
    await ledger.recover();
    expect(jobsOf(id)).toHaveLength(0);
    pass(11 * minuteMs);
    await ledger.recover();
    await ledger.drain();
    expect(await ledger.get(id)).toMatchObject({ state: 'accepted', attempt: 2 });
    expect(jobsOf(id)).toHaveLength(1);
  });

  it('goes through one of two instances', async () => {
    await submit('ok');
    const id = await submit('500-not-made', {}, { resend: true });
    const other = open({ owner: 'another' });
    pass(21 * minuteMs);
    await Promise.all([ledger.recover(), other.recover()]);
    await Promise.all([ledger.recover(), other.recover()]);
    await Promise.all([ledger.drain(), other.drain()]);
    expect(await ledger.get(id)).toMatchObject({ state: 'accepted', attempt: 2 });
    expect(jobsOf(id)).toHaveLength(1);
  });
});

describe('a job that turns up after it was taken for absent', () => {
  it('settles the submission', async () => {
    await submit('ok');
    const id = await submit('504');
    const late = cloud.jobs.pop();
    pass(21 * minuteMs);
    await ledger.recover();
    expect(await ledger.get(id)).toMatchObject({ state: 'not-created' });
    if (late) cloud.jobs.push(late);
    pass(11 * minuteMs);
    await ledger.recover();
    expect(await ledger.get(id)).toMatchObject({ state: 'accepted', jobId: late?.JobId });
  });

  it('is told as a twin where it was sent again meanwhile', async () => {
    await submit('ok');
    const id = await submit('504');
    const late = cloud.jobs.pop();
    pass(21 * minuteMs);
    await ledger.recover();
    await ledger.submitAgain(id, 1, 'ada');
    if (late) cloud.jobs.push(late);
    pass(11 * minuteMs);
    await ledger.recover();
    const view = await ledger.get(id);
    expect(view).toMatchObject({ state: 'accepted', attempt: 2, otherJobs: [late?.JobId] });
    expect(view?.jobId).not.toBe(late?.JobId);
    expect(logged.map(([message]) => message)).toEqual(['A submission has more than one job.']);
    pass(11 * minuteMs);
    await ledger.recover();
    expect(logged).toHaveLength(1);
    pass(24 * 60 * minuteMs);
    expect(await ledger.recover()).toBe(0);
    expect(await ledger.get(id)).not.toHaveProperty('nextLookAt');
  });
});

it('one listing serves all submissions of a time and a workspace', async () => {
  const ids: string[] = [];
  for (let index = 0; index < 12; index += 1) ids.push(await submit('reset-after-body'));
  pass(5_000);
  expect(await ledger.recover()).toBe(1);
  expect(listings()).toBe(1);
  for (const id of ids) expect(await ledger.get(id)).toMatchObject({ state: 'accepted' });
});

describe('a person decides', () => {
  async function needsAttention(): Promise<string> {
    const id = await submit('504');
    cloud.listing = 'without-settings';
    pass(21 * minuteMs);
    await ledger.recover();
    expect(await ledger.get(id)).toMatchObject({ state: 'needs-attention' });
    return id;
  }

  it('among the jobs of that time and name that are no other submission’s', async () => {
    const id = await needsAttention();
    const [own] = cloud.jobs;
    await submit('ok', { DisplayName: 'other' });
    const candidates = await ledger.candidates(id);
    expect(candidates).toMatchObject({ ok: true, value: [{ jobId: own?.JobId, status: 'Running' }] });
    expect(await ledger.decide(id, 1, { jobId: own?.JobId ?? '' }, 'ada')).toEqual({ ok: true, value: true });
    const view = await ledger.get(id);
    expect(view).toMatchObject({ state: 'accepted', jobId: own?.JobId });
    expect(view?.events.at(-1)?.detail).toEqual({ decidedBy: 'ada', jobId: own?.JobId });
  });

  it('that there is none: it may be sent again, and the search goes on', async () => {
    const id = await needsAttention();
    expect(await ledger.decide(id, 1, 'no-job', 'ada')).toEqual({ ok: true, value: true });
    expect(await ledger.get(id)).toMatchObject({ state: 'not-created', nextLookAt: expect.any(String) });
    expect(await ledger.decide(id, 1, 'no-job', 'ada')).toEqual({ ok: true, value: false });
  });

  it('but not for a job that is unknown, or of another submission', async () => {
    const id = await needsAttention();
    cloud.listing = 'ok';
    const other = await submit('ok');
    expect(await ledger.decide(id, 1, { jobId: 'dlcnone' }, 'ada')).toMatchObject({ ok: false });
    const taken = await ledger.decide(id, 1, { jobId: jobsOf(other)[0]?.JobId ?? '' }, 'ada');
    expect(taken).toMatchObject({ problem: { api: { code: 'JobwrightJobOfAnother' } } });
    expect(await ledger.get(id)).toMatchObject({ state: 'needs-attention' });
  });

  it('not while the outcome may still be found', async () => {
    const id = await submit('504');
    expect(await ledger.decide(id, 1, 'no-job', 'ada')).toEqual({ ok: true, value: false });
  });
});

it('looks at once when a person asks', async () => {
  const id = await submit('504');
  await ledger.lookNow(id);
  expect(await ledger.get(id)).toMatchObject({ state: 'accepted' });
});
