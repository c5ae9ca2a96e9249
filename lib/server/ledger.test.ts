import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type FaultDlc, type FaultMode, startFaultDlc } from '@/e2e/fault-dlc';
import { submissionTag } from '@/lib/dlc/mark';
import { mask } from '@/lib/dlc/secrets';
import { type Connection, type Dlc, newDlc } from './dlc';
import { type Ledger, type LedgerOptions, newLedger, type SubmitOutcome } from './ledger';
import { newSealer } from './seal';
import { openStore, type Store } from './store/open';
import { newPlace, type Place } from './store/test-place';

const sealer = newSealer(Buffer.alloc(32, 7));
const never = new Promise<never>(() => {});
const body = { DisplayName: 'mnist', JobType: 'PyTorchJob', Settings: { Tags: { team: 'a' } } };
const password = 'correct horse battery staple';
const secretBody = {
  DisplayName: 'private',
  JobSpecs: [{ Type: 'Worker', ImageConfig: { Username: 'me', Password: password } }],
  Envs: { HF_TOKEN: 'hf_abcdefghijklmnopqrstuv', EPOCHS: '3' },
};

let cloud: FaultDlc;
let place: Place;
let store: Store;
let ledger: Ledger;
let connection: Connection;
let id = '';

beforeAll(async () => {
  cloud = await startFaultDlc();
  place = await newPlace();
});
afterAll(async () => {
  await cloud.close();
  await place.remove();
});

beforeEach(async () => {
  cloud.requests.length = 0;
  cloud.jobs.length = 0;
  Object.assign(cloud, { mode: 'ok', slowMs: 150, onRequest: () => {} });
  const credentials = { accessKeyId: 'testid', accessKeySecret: 'testsecret' };
  connection = { kind: 'cloud', endpoint: cloud.endpoint, region: 'cn-test', credentials, deadlineMs: 300 };
  await place.clear();
  store = await openStore(place);
  ledger = open();
  id = randomUUID();
});
afterEach(async () => {
  await ledger.drain();
  await store.close();
});

function open(more: Partial<LedgerOptions> = {}): Ledger {
  return newLedger({ store, sealer, dlc: newDlc(connection), connection, ...more });
}

function inAnHour(): Date {
  return new Date(Date.now() + 3_600_000);
}

function viewOf(outcome: SubmitOutcome) {
  if (outcome.kind === 'not-kept') throw new Error('the submission was not kept');
  return outcome.submission;
}

/** A DLC whose CreateJob is replaced. */
function withCreateJob(createJob: Dlc['createJob']): Dlc {
  return { ...newDlc(connection), createJob };
}

describe('a submission', () => {
  it('becomes one job, with its mark, and tells how', async () => {
    const outcome = await ledger.submit(body, id, 'ada');
    const [job] = cloud.jobs;
    expect(outcome).toEqual({
      kind: 'submission',
      joined: false,
      submission: {
        id,
        state: 'accepted',
        attempt: 1,
        jobId: job?.JobId,
        requestId: expect.stringMatching(/^[0-9A-F-]{36}$/),
      },
    });
    expect(cloud.requests.map((request) => request.body)).toEqual([
      JSON.stringify({ ...body, Settings: { Tags: { team: 'a', [submissionTag]: id } } }),
    ]);
    const events = [
      {
        attempt: 1,
        at: expect.any(String),
        state: 'sending',
        detail: { who: 'ada', owner: expect.any(String), endpoint: cloud.endpoint },
      },
      {
        attempt: 1,
        at: expect.any(String),
        state: 'accepted',
        detail: { jobId: job?.JobId, requestId: expect.any(String) },
      },
    ];
    const whole = {
      ...viewOf(outcome),
      body,
      displayName: 'mnist',
      jobType: 'PyTorchJob',
      endpoint: cloud.endpoint,
      region: 'cn-test',
      identity: 'testid',
      who: 'ada',
      createdAt: expect.any(String),
      updatedAt: expect.any(String),
      sentAt: expect.any(String),
      otherJobs: [],
      resend: false,
      looks: 0,
      events,
    };
    expect(await ledger.get(id)).toEqual(whole);
    expect(await ledger.findByJobId(undefined, String(job?.JobId))).toEqual(whole);
    expect(await ledger.findByJobId(cloud.endpoint, String(job?.JobId))).toEqual(whole);
    expect(await ledger.findByJobId('https://elsewhere', String(job?.JobId))).toBeUndefined();
  });

  it('is claimed on disk before the first byte arrives', async () => {
    let seen: unknown;
    cloud.onRequest = async () => {
      seen = await place.ask('select state, attempt, owner, signed_at from submissions');
    };
    ledger = open({ owner: 'this one' });
    await ledger.submit(body, id, 'ada');
    expect(seen).toEqual([
      { state: 'sending', attempt: 1, owner: 'this one', signed_at: expect.any(String) },
    ]);
  });

  it('is answered while it is still being sent, and sending goes on', async () => {
    cloud.mode = 'ok-slow';
    const outcome = await ledger.submit(body, id, 'ada', { waitMs: 20 });
    expect(viewOf(outcome)).toMatchObject({ state: 'sending' });
    await ledger.drain();
    expect(await ledger.get(id)).toMatchObject({ state: 'accepted', jobId: cloud.jobs[0]?.JobId });
  });

  it('needs a proper id', async () => {
    for (const odd of ['', 'x', id.toUpperCase().replace('0', 'A'), '00000000-0000-1000-8000-000000000000'])
      await expect(ledger.submit(body, odd, 'ada')).rejects.toThrow('Not a submission id');
    expect(await ledger.get('x')).toBeUndefined();
  });
});

describe('the same id again', () => {
  it('joins, whatever the order of the names and whatever mark the body bears', async () => {
    const first = viewOf(await ledger.submit(body, id, 'ada'));
    const { DisplayName, ...others } = body;
    for (const same of [
      { ...others, DisplayName },
      { ...body, Settings: { Tags: { [submissionTag]: 'x', team: 'a' } } },
    ])
      expect(await ledger.submit(same, id, 'ada')).toEqual({
        kind: 'submission',
        joined: true,
        submission: first,
      });
    expect(cloud.requests).toHaveLength(1);
  });

  it('ten times at once, over two instances, is one request and one answer', async () => {
    cloud.mode = 'ok-slow';
    const other = open();
    const outcomes = await Promise.all(
      Array.from({ length: 10 }, (_, index) => (index % 2 ? ledger : other).submit(body, id, 'ada')),
    );
    expect(cloud.requests).toHaveLength(1);
    expect(outcomes.filter((outcome) => outcome.kind === 'submission' && !outcome.joined)).toHaveLength(1);
    expect(new Set(outcomes.map((outcome) => viewOf(outcome).jobId))).toEqual(
      new Set([cloud.jobs[0]?.JobId]),
    );
  });

  it.each<[string, FaultMode]>([
    ['sending', 'ok-slow'],
    ['accepted', 'ok'],
    ['unconfirmed', '504'],
  ])('with another body while %s is a conflict', async (state, mode) => {
    cloud.mode = mode;
    await ledger.submit(body, id, 'ada', { waitMs: mode === 'ok-slow' ? 20 : 5_000 });
    const edited = await ledger.submit({ ...body, DisplayName: 'edited' }, id, 'ada');
    expect(edited).toMatchObject({ kind: 'conflict', submission: { state } });
    expect(await ledger.get(id)).toMatchObject({ state, displayName: 'mnist' });
    await ledger.drain();
    expect(cloud.requests).toHaveLength(1);
  });

  it('with another body after a refusal is sent, as the next attempt', async () => {
    cloud.mode = 'refused';
    const refused = await ledger.submit(body, id, 'ada');
    expect(viewOf(refused)).toMatchObject({
      state: 'refused',
      problem: { kind: 'refused', api: { code: 'InvalidParameter' } },
    });
    cloud.mode = 'ok';
    const sent = viewOf(await ledger.submit({ ...body, DisplayName: 'edited' }, id, 'ada'));
    expect(sent).toMatchObject({ state: 'accepted', attempt: 2 });
    expect(sent).not.toHaveProperty('problem');
    const found = await ledger.get(id);
    expect(found?.displayName).toBe('edited');
    expect(found?.events.map(({ attempt, state }) => `${attempt} ${state}`)).toEqual([
      '1 sending',
      '1 refused',
      '2 reserved',
      '2 sending',
      '2 accepted',
    ]);
    expect(cloud.jobs).toHaveLength(1);
  });

  it('with the same body after a refusal is sent only when it is asked for, and once', async () => {
    cloud.mode = 'throttled';
    await ledger.submit(body, id, 'ada');
    cloud.mode = 'ok';
    expect(await ledger.submit(body, id, 'ada')).toMatchObject({
      joined: true,
      submission: { state: 'refused' },
    });
    expect(cloud.requests).toHaveLength(1);
    const [first, second] = await Promise.all([
      ledger.submit(body, id, 'ada', { again: 1 }),
      ledger.submit(body, id, 'ada', { again: 1 }),
    ]);
    for (const outcome of [first, second])
      expect(outcome).toMatchObject({ submission: { state: 'accepted', attempt: 2 } });
    expect(cloud.requests).toHaveLength(2);
  });

  it('asked for again is not sent where a job may exist', async () => {
    for (const mode of ['ok', '504'] as const) {
      const another = randomUUID();
      cloud.mode = mode;
      await ledger.submit(body, another, 'ada');
      expect(await ledger.submit(body, another, 'ada', { again: 1 })).toMatchObject({ joined: true });
    }
    expect(cloud.requests).toHaveLength(2);
  });
});

describe('each fault leaves one request and the right state', () => {
  it.each<[FaultMode, string, { kind?: string; reason?: string; api?: object }]>([
    ['refused', 'refused', { kind: 'refused' }],
    ['throttled', 'refused', { kind: 'refused', api: { retryAfterSeconds: 3 } }],
    ['forbidden-ram', 'refused', { kind: 'denied', api: { action: 'paidlc:CreateJob' } }],
    ['nonce-used', 'unconfirmed', { reason: 'server-error' }],
    ['409', 'unconfirmed', { reason: 'server-error' }],
    ['500-made', 'unconfirmed', { reason: 'server-error' }],
    ['500-not-made', 'unconfirmed', { reason: 'server-error' }],
    ['502-html', 'unconfirmed', { reason: 'server-error' }],
    ['503', 'unconfirmed', { reason: 'server-error' }],
    ['504', 'unconfirmed', { reason: 'server-error' }],
    ['reset-before', 'unconfirmed', { reason: 'reset' }],
    ['reset-after-body', 'unconfirmed', { reason: 'reset' }],
    ['cut-mid-json', 'unconfirmed', { reason: 'truncated' }],
    ['empty-200', 'unconfirmed', { reason: 'not-json' }],
    ['html-200', 'unconfirmed', { reason: 'not-json' }],
    ['xml-200', 'unconfirmed', { reason: 'not-json' }],
    ['no-job-id', 'unconfirmed', { reason: 'no-job-id' }],
    ['endless', 'unconfirmed', { reason: 'too-large' }],
    ['drip', 'unconfirmed', { reason: 'timeout' }],
    ['redirect', 'unconfirmed', { reason: 'redirect' }],
    ['hang', 'unconfirmed', { reason: 'timeout' }],
    ['hang-made', 'unconfirmed', { reason: 'timeout' }],
  ])('%s: %s', async (mode, state, problem) => {
    cloud.mode = mode;
    const patient = { ...connection, deadlineMs: problem.reason === 'timeout' ? 300 : 10_000 };
    const one = open({ connection: patient, dlc: newDlc(patient) });
    expect(viewOf(await one.submit(body, id, 'ada'))).toMatchObject({ state, problem });
    expect(await one.submit(body, id, 'ada')).toMatchObject({ joined: true, submission: { state } });
    expect(cloud.requests).toHaveLength(1);
  });

  it('asked for by the name of the job', async () => {
    const named = { ...body, DisplayName: 'mnist-fault-504' };
    expect(viewOf(await ledger.submit(named, id, 'ada'))).toMatchObject({ state: 'unconfirmed' });
  });

  it('nobody there: nothing was sent, and it may be sent again', async () => {
    const nobody = { ...connection, endpoint: 'http://127.0.0.1:1' };
    const outcome = await open({ connection: nobody, dlc: newDlc(nobody) }).submit(body, id, 'ada');
    expect(viewOf(outcome)).toMatchObject({
      state: 'refused',
      problem: { kind: 'unreachable', reason: 'ECONNREFUSED' },
    });
    expect(await ledger.get(id)).not.toHaveProperty('sentAt');
    await ledger.submit(body, id, 'ada', { again: 1 });
    expect(await ledger.get(id)).toMatchObject({ state: 'accepted', endpoint: cloud.endpoint });
  });

  it('a bug in sending leaves it open', async () => {
    const logged: unknown[] = [];
    const dlc = withCreateJob(() => Promise.reject(new Error('a bug')));
    const buggy = open({ dlc, log: (...line) => logged.push(line) });
    expect(viewOf(await buggy.submit(body, id, 'ada'))).toMatchObject({
      state: 'unconfirmed',
      problem: { reason: 'interrupted' },
    });
    expect(logged).toMatchObject([[expect.any(String), { submission: id }]]);
  });
});

describe('a process that died', () => {
  it('while sending: unconfirmed once its lease is over, and nothing is sent again', async () => {
    await open({ dlc: withCreateJob(() => never) }).submit(body, id, 'ada', { waitMs: 0 });
    await store.close();
    store = await openStore(place);
    ledger = open();
    expect(await ledger.settleExpired()).toBe(0);
    expect(await ledger.get(id)).toMatchObject({ state: 'sending' });

    const later = open({ clock: inAnHour });
    const expected = { state: 'unconfirmed', problem: { kind: 'unconfirmed', reason: 'interrupted' } };
    expect(await later.get(id)).toMatchObject(expected);
    expect(await later.submit(body, id, 'ada')).toMatchObject({ joined: true, submission: expected });
    expect(await later.settleExpired()).toBe(1);
    expect(await later.settleExpired()).toBe(0);
    expect(await ledger.get(id)).toMatchObject(expected);
    expect(cloud.requests).toEqual([]);
  });

  it('between reserving and claiming: whoever comes back sends it, once', async () => {
    await open({ dlc: withCreateJob(() => never) }).submit(body, id, 'ada', { waitMs: 0 });
    const reserved = { state: 'reserved', owner: null, lease_until: null, signed_at: null } as const;
    await store.db.updateTable('submissions').set(reserved).execute();
    await Promise.all([ledger.submit(body, id, 'ada'), ledger.submit(body, id, 'ada')]);
    expect(await ledger.get(id)).toMatchObject({ state: 'accepted' });
    expect(cloud.requests).toHaveLength(1);
  });

  it('between reserving and claiming, and nobody comes back: cancelled', async () => {
    await open({ dlc: withCreateJob(() => never) }).submit(body, id, 'ada', { waitMs: 0 });
    await store.db.updateTable('submissions').set({ state: 'reserved' }).execute();
    expect(await open({ clock: inAnHour }).settleExpired()).toBe(1);
    expect(await ledger.get(id)).toMatchObject({ state: 'cancelled' });
  });
});

describe('an answer that comes after the lease', () => {
  type Answer = Awaited<ReturnType<Dlc['createJob']>>;

  /** Begins to send, lets somebody else settle the row as abandoned, then lets the answer come. */
  async function answerLate(answer: Answer, between: () => Promise<unknown> = async () => {}) {
    let come: (answer: Answer) => void = () => {};
    const createJob = () => new Promise<Answer>((resolve) => (come = resolve));
    const logged: unknown[] = [];
    const slow = open({ dlc: withCreateJob(createJob), log: (...line) => logged.push(line) });
    await slow.submit(body, id, 'ada', { waitMs: 0 });
    await open({ clock: inAnHour }).settleExpired();
    await between();
    come(answer);
    await slow.drain();
    return { view: await ledger.get(id), logged };
  }
  const accepted: Answer = { ok: true, value: { JobId: 'dlclate', RequestId: 'R' } };

  it('with a JobId is accepted', async () => {
    const { view, logged } = await answerLate(accepted);
    expect(view).toMatchObject({ state: 'accepted', jobId: 'dlclate' });
    expect(view).not.toHaveProperty('problem');
    expect(logged).toEqual([]);
  });

  it('with a refusal proves that no job exists', async () => {
    const problem = {
      kind: 'refused',
      api: { status: 400, code: 'Bad', message: '', requestId: 'R' },
    } as const;
    expect((await answerLate({ ok: false, problem })).view).toMatchObject({ state: 'not-created', problem });
  });

  it('never overwrites a JobId, and the second job is not forgotten', async () => {
    const found = { state: 'accepted', job_id: 'dlcfound' } as const;
    const { view, logged } = await answerLate(accepted, () =>
      store.db.updateTable('submissions').set(found).execute(),
    );
    expect(view).toMatchObject({ state: 'accepted', jobId: 'dlcfound' });
    expect(view?.otherJobs).toEqual(['dlclate']);
    expect(view?.events.at(-1)?.detail).toMatchObject({ jobId: 'dlclate', otherJobs: ['dlclate'] });
    expect(logged).toMatchObject([['A submission has more than one job.', { jobId: 'dlclate' }]]);
  });
});

it('logs a JobId that the store does not take', async () => {
  const logged: unknown[] = [];
  cloud.onRequest = () => store.close();
  ledger = open({ log: (...line) => logged.push(line) });
  expect(await ledger.submit(body, id, 'ada', { waitMs: 20 })).toMatchObject({
    submission: { state: 'sending' },
  });
  ledger.close();
  await ledger.drain();
  expect(logged).toContainEqual([
    'The outcome of a submission could not be stored.',
    expect.objectContaining({ submission: id, jobId: cloud.jobs[0]?.JobId }),
  ]);
  store = await openStore(place);
  expect(await open({ clock: inAnHour }).get(id)).toMatchObject({ state: 'unconfirmed' });
});

it('sends nothing that the store does not take, and says so', async () => {
  await store.db.schema.alterTable('submissions').renameTo('elsewhere').execute();
  expect(await open({ log: () => {} }).submit(body, id, 'ada')).toEqual({ kind: 'not-kept' });
  expect(cloud.requests).toEqual([]);
  await store.db.schema.alterTable('elsewhere').renameTo('submissions').execute();
  expect(await open().submit(body, id, 'ada')).toMatchObject({
    submission: { state: 'accepted', attempt: 1 },
  });
});

describe('secrets', () => {
  it('are sent, and kept sealed', async () => {
    await ledger.submit(secretBody, id, 'ada');
    expect(JSON.parse(cloud.requests[0]?.body ?? '')).toMatchObject(secretBody);
    expect((await ledger.get(id))?.body).toEqual({
      ...secretBody,
      JobSpecs: [{ Type: 'Worker', ImageConfig: { Username: 'me', Password: mask } }],
      Envs: { HF_TOKEN: mask, EPOCHS: '3' },
    });
    expect(await ledger.bodyOf(id)).toEqual(secretBody);
    const bytes = await place.bytes();
    for (const secret of [password, secretBody.Envs.HF_TOKEN, 'testsecret'])
      expect(bytes.includes(secret)).toBe(false);
    expect(bytes.includes('private')).toBe(true);
  });

  it('tell two bodies apart', async () => {
    await ledger.submit(secretBody, id, 'ada');
    const edited = { ...secretBody, Envs: { ...secretBody.Envs, HF_TOKEN: 'hf_another_token_of_someone' } };
    expect(await ledger.submit(edited, id, 'ada')).toMatchObject({ kind: 'conflict' });
  });

  it('that the API repeats do not come into a Problem', async () => {
    let given: string[] = [];
    const createJob: Dlc['createJob'] = async (_text, options) => {
      given = options?.secrets ?? [];
      return { ok: false, problem: { kind: 'unreachable', reason: 'x' } };
    };
    await open({ dlc: withCreateJob(createJob) }).submit(secretBody, id, 'ada');
    expect(given).toEqual([password, secretBody.Envs.HF_TOKEN]);
  });

  it('do not open for another submission', async () => {
    await ledger.submit(secretBody, id, 'ada');
    const other = randomUUID();
    await ledger.submit({ ...secretBody, DisplayName: 'other' }, other, 'ada');
    const row = await store.db
      .selectFrom('submissions')
      .select('secrets')
      .where('id', '=', id)
      .executeTakeFirst();
    await store.db
      .updateTable('submissions')
      .set({ secrets: row?.secrets ?? null })
      .where('id', '=', other)
      .execute();
    await expect(ledger.bodyOf(other)).rejects.toThrow('cannot be opened');
  });
});

it('lists the newest first, in pages', async () => {
  const ids: string[] = [];
  for (let minute = 0; minute < 3; minute += 1) {
    const clock = () => new Date(Date.now() + minute * 1_000);
    const one = randomUUID();
    ids.unshift(one);
    await open({ clock }).submit({ ...body, DisplayName: `job ${minute}` }, one, 'ada');
  }
  const first = await ledger.list({ page: 1, pageSize: 2 });
  expect(first.total).toBe(3);
  expect(first.submissions.map((one) => one.id)).toEqual(ids.slice(0, 2));
  expect(first.submissions[0]?.events.map(({ state }) => state)).toEqual(['sending', 'accepted']);
  expect((await ledger.list({ page: 2, pageSize: 2 })).submissions.map((one) => one.id)).toEqual(
    ids.slice(2),
  );
});
