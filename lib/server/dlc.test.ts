import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type FaultDlc, type FaultMode, startFaultDlc } from '@/e2e/fault-dlc';
import { type Dlc, type DlcCall, newDlc } from './dlc';

let cloud: FaultDlc;
let dlc: Dlc;
const calls: DlcCall[] = [];
const credentials = { accessKeyId: 'testid', accessKeySecret: 'testsecret' };

beforeAll(async () => {
  cloud = await startFaultDlc();
  dlc = open(400);
});
beforeEach(() => {
  calls.length = 0;
  cloud.requests.length = 0;
  cloud.jobs.length = 0;
  Object.assign(cloud, { mode: 'ok', otherMode: 'ok', tagsFilter: 'works' });
});
afterAll(() => cloud.close());

function open(deadlineMs: number): Dlc {
  return newDlc({ kind: 'cloud', endpoint: cloud.endpoint, credentials, deadlineMs }, (call) =>
    calls.push(call),
  );
}

async function createJob(): Promise<string> {
  const result = await dlc.createJob('{"DisplayName":"one","Settings":{"Tags":{"k":"v"}}}');
  return result.ok ? result.value.JobId : '';
}

describe('CreateJob', () => {
  it('sends the text byte for byte and signed, and gives the id', async () => {
    const text = '{ "DisplayName" : "名前", "b":1, "a":1.0 }';
    const result = await dlc.createJob(text);
    expect(result).toEqual({
      ok: true,
      value: {
        JobId: cloud.jobs[0]?.JobId,
        RequestId: expect.stringMatching(/^[0-9A-F-]{36}$/),
      },
    });
    expect(cloud.requests).toMatchObject([
      {
        method: 'POST',
        path: '/api/v1/jobs',
        body: text,
        headers: {
          'content-type': 'application/json; charset=utf-8',
          'x-acs-action': 'CreateJob',
          'x-acs-version': '2020-12-03',
          authorization: expect.stringMatching(
            /^ACS3-HMAC-SHA256 Credential=testid,SignedHeaders=content-type;/,
          ),
        },
      },
    ]);
  });

  it.each<[FaultMode, { kind: string; reason?: string; api?: object }]>([
    ['refused', { kind: 'refused', api: { code: 'InvalidParameter' } }],
    ['throttled', { kind: 'refused', api: { code: 'Throttling.User', retryAfterSeconds: 3 } }],
    ['forbidden-ram', { kind: 'denied', api: { action: 'paidlc:CreateJob' } }],
    ['bad-signature', { kind: 'denied', api: { code: 'SignatureDoesNotMatch' } }],
    ['nonce-used', { kind: 'unconfirmed', reason: 'server-error' }],
    ['500-made', { kind: 'unconfirmed', reason: 'server-error' }],
    ['502-html', { kind: 'unconfirmed', reason: 'server-error' }],
    ['reset-before', { kind: 'unconfirmed', reason: 'reset' }],
    ['reset-after-body', { kind: 'unconfirmed', reason: 'reset' }],
    ['cut-mid-json', { kind: 'unconfirmed', reason: 'truncated' }],
    ['empty-200', { kind: 'unconfirmed', reason: 'not-json' }],
    ['no-job-id', { kind: 'unconfirmed', reason: 'no-job-id' }],
    ['endless', { kind: 'unconfirmed', reason: 'too-large' }],
    ['drip', { kind: 'unconfirmed', reason: 'timeout' }],
    ['redirect', { kind: 'unconfirmed', reason: 'redirect' }],
    ['hang', { kind: 'unconfirmed', reason: 'timeout' }],
  ])('%s is one request and one Problem', async (mode, problem) => {
    cloud.mode = mode;
    const patient = open(problem.reason === 'timeout' ? 400 : 10_000);
    expect(await patient.createJob('{}')).toMatchObject({ ok: false, problem });
    expect(cloud.requests).toHaveLength(1);
  });

  it('does not take every JobId for one', async () => {
    for (const JobId of ['', '../x', 7, null])
      await expect(answering({ JobId })).resolves.toMatchObject({
        problem: { kind: 'unconfirmed', reason: 'no-job-id' },
      });
  });

  async function answering(body: object) {
    const { createServer } = await import('node:http');
    const server = createServer((_request, response) => response.end(JSON.stringify(body)));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const port = typeof address === 'object' ? address?.port : 0;
    const result = await newDlc({
      kind: 'cloud',
      endpoint: `http://127.0.0.1:${port}`,
      credentials,
    }).createJob('{}');
    server.close();
    return result;
  }

  it('is not sent where it was signed too long ago', async () => {
    const signedAt = new Date(Date.now() - 6_000);
    expect(await dlc.createJob('{}', { signedAt })).toEqual({
      ok: false,
      problem: { kind: 'unreachable', reason: 'signed-too-long-ago' },
    });
    expect(cloud.requests).toEqual([]);
  });
});

describe('the other operations', () => {
  it('read, list, stop and delete a job, and read its logs', async () => {
    const jobId = await createJob();
    expect(await dlc.getJob(jobId)).toMatchObject({ ok: true, value: { JobId: jobId, DisplayName: 'one' } });
    expect(
      await dlc.listJobs({ PageNumber: 1, PageSize: 10, Tags: { k: 'v' }, ShowOwn: false }),
    ).toMatchObject({
      ok: true,
      value: { TotalCount: 1, Jobs: [{ JobId: jobId }] },
    });
    expect(cloud.requests.at(-1)?.path).toBe(
      '/api/v1/jobs?PageNumber=1&PageSize=10&ShowOwn=false&Tags=%7B%22k%22%3A%22v%22%7D',
    );
    expect(await dlc.deleteJob(jobId)).toMatchObject({
      ok: false,
      problem: { kind: 'refused', api: { code: 'BadRequest' } },
    });
    expect(await dlc.stopJob(jobId)).toMatchObject({ ok: true, value: { JobId: jobId } });
    cloud.logs.set('pod-0', ['a', 'b', 'c']);
    expect(await dlc.getPodLogs(jobId, 'pod-0', { MaxLines: 2 })).toMatchObject({
      ok: true,
      value: { Logs: ['b', 'c'] },
    });
    expect(await dlc.getJobEvents(jobId, { MaxEventsNum: 9 })).toMatchObject({
      ok: true,
      value: { Events: [expect.stringContaining('Created pod')] },
    });
    expect(cloud.requests.at(-1)?.path).toBe(`/api/v1/jobs/${jobId}/events?MaxEventsNum=9`);
    expect(await dlc.getJobMetrics(jobId, { MetricType: 'MemoryUsage', TimeStep: '5m' })).toEqual({
      ok: true,
      value: [{ PodId: `${jobId}-master-0`, Metrics: [] }],
    });
    expect(await dlc.deleteJob(jobId)).toMatchObject({ ok: true });
    expect(await dlc.getJob(jobId)).toMatchObject({
      ok: false,
      problem: { kind: 'refused', api: { code: 'NotFound' } },
    });
  });

  it.each<[FaultMode, object]>([
    ['503', { kind: 'unconfirmed', reason: 'server-error' }],
    ['html-200', { kind: 'unconfirmed', reason: 'not-json' }],
    ['no-job-id', { kind: 'unconfirmed', reason: 'not-json' }],
    ['forbidden-ram', { kind: 'denied', api: { action: 'paidlc:GetJob' } }],
    ['throttled', { kind: 'refused', api: { retryAfterSeconds: 3 } }],
  ])('a read meets %s', async (mode, problem) => {
    cloud.otherMode = mode;
    expect(await dlc.getJob('dlc1')).toMatchObject({ ok: false, problem });
  });

  it('throw at an id that could lead elsewhere', async () => {
    await expect(dlc.getJob('../tags')).rejects.toThrow('Not an id');
    await expect(dlc.getPodLogs('dlc1', '%2e%2e')).rejects.toThrow('Not an id');
    expect(cloud.requests).toEqual([]);
  });
});

it('takes no endpoint in the clear but on loopback', () => {
  expect(() => newDlc({ kind: 'cloud', endpoint: 'http://pai-dlc.example.com', credentials })).toThrow(
    'must be https',
  );
});

describe('who observes', () => {
  it('is told of each call that ended, of its answer and how long it took', async () => {
    const jobId = await createJob();
    await dlc.getJob(jobId);
    await dlc.getJob('dlcunknown');
    cloud.mode = '500-made';
    await createJob();
    cloud.mode = 'hang';
    await createJob();
    const requestId = expect.stringMatching(/^[0-9A-F-]{36}$/);
    const durationMs = expect.any(Number);
    expect(calls).toEqual([
      { operation: 'CreateJob', status: 200, outcome: 'ok', requestId, durationMs },
      { operation: 'GetJob', jobId, status: 200, outcome: 'ok', requestId, durationMs },
      {
        operation: 'GetJob',
        jobId: 'dlcunknown',
        status: 404,
        outcome: 'refused',
        code: 'NotFound',
        requestId,
        durationMs,
      },
      {
        operation: 'CreateJob',
        status: 500,
        outcome: 'unconfirmed',
        reason: 'server-error',
        code: 'InternalError',
        requestId,
        durationMs,
      },
      { operation: 'CreateJob', outcome: 'unconfirmed', reason: 'timeout', requestId: '', durationMs },
    ]);
    expect(calls[4]?.durationMs).toBeGreaterThanOrEqual(399);
  });
});
