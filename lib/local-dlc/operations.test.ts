import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type LocalDlc, startLocalDlc } from './start';
import * as client from './test-client';

let dlc: LocalDlc;
let now = Date.parse('2026-11-23T10:00:00Z');
const gmt = (at: number): string => `${new Date(at).toISOString().slice(0, 19)}Z`;

/** No job of this file ever begins: they are only created and listed. */
beforeAll(async () => {
  dlc = await startLocalDlc({
    dataDir: client.newDataDir(),
    clock: () => now,
    phaseMs: { Creating: Number.MAX_SAFE_INTEGER },
  });
});
afterAll(() => dlc.close());

const call = (draft: client.Draft): Promise<client.Reply> => client.call(dlc, { date: gmt(now), ...draft });
const create = (changes: Record<string, unknown>): Promise<client.Reply> =>
  call({ method: 'POST', action: 'CreateJob', body: JSON.stringify(client.jobBody(changes)) });
const list = (query: Record<string, string>): Promise<client.Reply> => call({ action: 'ListJobs', query });
const namesOf = (reply: client.Reply): string[] =>
  (reply.body.Jobs as { DisplayName: string }[]).map(({ DisplayName }) => DisplayName);

describe('every answer', () => {
  it('has a RequestId in body and header', async () => {
    const reply = await list({});
    expect(reply.body.RequestId).toMatch(/^[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}$/);
    expect(reply.headers['x-acs-request-id']).toBe(reply.body.RequestId);
  });

  it('is a whole error body where it refuses', async () => {
    const { status, body } = await call({ action: 'GetJob', path: '/api/v1/jobs/dlcunknown' });
    expect(status).toBe(404);
    expect(body).toMatchObject({ Code: 'NotFound', HostId: new URL(dlc.endpoint).host });
    expect(body.Recommend).toBe(
      `https://api.aliyun.com/troubleshoot?q=NotFound&product=PAI-DLC&requestId=${body.RequestId}`,
    );
  });

  it.each([
    ['an unknown path', { action: 'ListJobs', path: '/api/v1/nothing' }, 404, 'InvalidAction.NotFound'],
    ['another action', { action: 'CreateJob' }, 404, 'InvalidAction.NotFound'],
    ['another method', { action: 'ListJobs', method: 'PUT' }, 400, 'UnsupportedHTTPMethod'],
    ['another version', { action: 'ListJobs', version: '2019-01-01' }, 400, 'InvalidVersion'],
    ['dots for an id', { action: 'GetJob', path: '/api/v1/jobs/..' }, 404, 'NotFound'],
    ['escapes for an id', { action: 'GetJob', path: '/api/v1/jobs/%2e%2e%2fx' }, 404, 'NotFound'],
    ['an unknown pod', { action: 'GetPodLogs', path: '/api/v1/jobs/x/pods/y/logs' }, 404, 'NotFound'],
  ])('refuses %s', async (_what, draft, status, code) => {
    expect(await call(draft)).toMatchObject({ status, body: { Code: code } });
  });

  it('refuses a foreign Host, before the signature', async () => {
    const request = client.signRequest(dlc, 'evil.example', { action: 'ListJobs', date: gmt(now) });
    expect(await client.send(client.portOf(dlc), request)).toMatchObject({ status: 403 });
  });

  it.each([
    ['65,536 bytes', 70_000, 'InvalidParameter'],
    ['1 MiB', 3_000_000, 'RequestTooLarge'],
  ])('refuses a body above %s', async (_limit, length, code) => {
    expect(await create({ UserCommand: 'x'.repeat(length) })).toMatchObject({
      status: 400,
      body: { Code: code },
    });
  });

  it('refuses a body that is no JSON object', async () => {
    for (const body of ['[]', '{', '"x"', 'null'])
      expect(await call({ method: 'POST', action: 'CreateJob', body })).toMatchObject({
        status: 400,
        body: { Code: 'BadRequest' },
      });
  });
});

describe('CreateJob refuses', () => {
  const worker = { Type: 'Worker', Image: 'img', PodCount: 1 };
  it.each([
    [{ DisplayName: undefined }, 'MissingDisplayName', 'DisplayName'],
    [{ JobType: undefined }, 'MissingJobType', 'JobType'],
    [{ JobSpecs: undefined }, 'MissingJobSpecs', 'JobSpecs'],
    [{ UserCommand: undefined }, 'MissingUserCommand', 'UserCommand'],
    [{ DisplayName: 'a b' }, 'InvalidParameter', 'DisplayName: may hold only'],
    [{ DisplayName: 'x'.repeat(257) }, 'InvalidParameter', 'DisplayName: must have at most 256'],
    [{ JobSpecs: [] }, 'InvalidParameter', 'JobSpecs: must hold at least one'],
    [{ JobType: 'pytorchjob' }, 'InvalidParameter', 'JobType: pytorchjob'],
    [{ JobSpecs: [{ ...worker, Type: 'PS' }] }, 'InvalidParameter', 'JobSpecs[0].Type: PS'],
    [{ JobSpecs: [worker, worker] }, 'InvalidParameter', 'JobSpecs[1].Type'],
    [{ JobSpecs: [{ ...worker, PodCount: 0 }] }, 'InvalidParameter', 'JobSpecs[0].PodCount'],
    [{ JobSpecs: [{ ...worker, PodCount: '1' }] }, 'InvalidParameter', 'JobSpecs[0].PodCount'],
    [{ JobSpecs: [{ ...worker, PodCount: 1000 }] }, 'InvalidParameter', 'at most 128 pods'],
    [{ JobSpecs: [{ ...worker, Type: 'Master', PodCount: 2 }] }, 'InvalidParameter', 'exactly one Master'],
    [{ JobType: 'RayJob' }, 'InvalidParameter', 'needs the role Head'],
    [{ ResourceId: 'quota1' }, 'InvalidParameter', 'JobSpecs[0].EcsSpec'],
    [
      { JobSpecs: [{ ...worker, ResourceConfig: { CPU: '4 cores' } }] },
      'InvalidParameter',
      'JobSpecs[0].ResourceConfig.CPU: must be a quantity',
    ],
    [{ Priority: 10 }, 'InvalidParameter', 'Priority'],
    [{ Priority: 1.5 }, 'InvalidParameter', 'Priority'],
    [{ JobMaxRunningTimeMinutes: 0 }, 'InvalidParameter', 'JobMaxRunningTimeMinutes'],
    [{ Envs: { A: 1 } }, 'InvalidParameter', 'Envs.A'],
    [{ Settings: { Tags: { k: 1 } } }, 'InvalidParameter', 'Settings.Tags.k'],
    [{ DataSources: [{ DataSourceId: 'd', Uri: 'oss://x' }] }, 'InvalidParameter', 'DataSources[0]'],
    [{ DisplayName: 'refuse-quota-1' }, 'InvalidParameter', 'exceed the quota: 1 pod is requested'],
    [
      { DisplayName: 'refuse-quota-2', JobSpecs: [{ ...worker, PodCount: 2 }] },
      'InvalidParameter',
      '2 pods are requested',
    ],
    [{ JobType: 'constructor' }, 'InvalidParameter', 'JobType: constructor is not'],
    [{ JobType: '__proto__' }, 'InvalidParameter', 'JobType: __proto__ is not'],
    [{ UserCommand: 'echo \0' }, 'InvalidParameter', 'UserCommand: must not hold a NUL character'],
    [{ WorkspaceId: '1\0' }, 'InvalidParameter', 'WorkspaceId: must not hold a NUL character'],
    [{ Envs: { A: '\0' } }, 'InvalidParameter', 'Envs.A: must not hold a NUL character'],
  ])('%o', async (changes, code, message) => {
    const { status, body } = await create(changes);
    expect({ status, code: body.Code }).toEqual({ status: 400, code });
    expect(body.Message).toContain(message);
  });
});

describe('a lost answer', () => {
  it.each([
    ['no-answer-made', 1],
    ['no-answer-lost', 0],
  ])('%s leaves so many jobs: %i', async (name, count) => {
    await expect(create({ DisplayName: `${name}-x` })).rejects.toThrow(/socket hang up|ECONNRESET/);
    expect((await list({ DisplayName: name })).body.TotalCount).toBe(count);
  });
});

describe('GetJob', () => {
  it('gives the job back without its logins and keeps what it does not know', async () => {
    const { body } = await create({
      DisplayName: 'shape',
      JobSpecs: [{ Type: 'Worker', ImageConfig: { Username: 'u', Password: 'p' }, Unknown: [1] }],
      UserVpc: { VpcId: 'vpc', ExtendedCIDRs: ['10.0.0.0/8'] },
      DataSources: [{ Uri: 'oss://b/', MountPath: '/m', MountAccess: 'RO' }],
      JobMaxRunningTimeMinutes: 5,
      Options: 'a=b',
      Settings: { Tags: { k: 'v' }, Shell: '/bin/sh' },
      Unheard: true,
    });
    const job = (await call({ action: 'GetJob', path: `/api/v1/jobs/${body.JobId}` })).body;
    expect(job).toMatchObject({
      Status: 'Creating',
      Duration: 0,
      JobSpecs: [{ Type: 'Worker', ImageConfig: { Username: 'u' }, Unknown: [1] }],
      UserVpc: { VpcId: 'vpc', ExtendedCidrs: ['10.0.0.0/8'] },
      DataSources: [{ Uri: 'oss://b/', MountPath: '/m' }],
      Settings: { Tags: { k: 'v' }, Shell: '/bin/sh' },
      Pods: [],
      GmtCreateTime: gmt(now),
    });
    expect(JSON.stringify(job)).not.toContain('Password');
    expect(job.UserVpc).not.toHaveProperty('ExtendedCIDRs');
    for (const name of ['JobMaxRunningTimeMinutes', 'Options', 'GmtRunningTime', 'Unheard'])
      expect(job).not.toHaveProperty(name);
    const item = (await list({ JobId: String(body.JobId).toUpperCase() })).body.Jobs;
    expect(item).toMatchObject([
      {
        JobMaxRunningTimeMinutes: 5,
        IsDeleted: false,
        NodeCount: '1',
        RequestGPU: '0',
        RequestMemory: '1Gi',
      },
    ]);
  });
});

describe('ListJobs', () => {
  const tagged = (Tags: Record<string, string>): Record<string, unknown> => ({ Settings: { Tags } });

  beforeAll(async () => {
    now += 3_600_000;
    for (const name of ['list-a', 'list-B', 'list-c', 'list-d', 'list-e']) {
      now += 1_000;
      await create({ DisplayName: name, WorkspaceId: 'w', ...tagged({ all: 'y', [name]: 'y' }) });
    }
    await create({
      DisplayName: 'odd',
      JobType: 'TFJob',
      WorkspaceId: 'odd',
      ResourceId: 'quota1',
      JobSpecs: [
        {
          Type: 'Worker',
          Image: 'registry.example.com/vision/train:2.1',
          PodCount: 2,
          ResourceConfig: { CPU: '3', GPU: '4', Memory: '5Gi' },
          AssignNodeSpec: { EnableAssignNode: true },
        },
      ],
      UserCommand: 'python train.py --epochs 3',
      Description: 'The odd one',
      Accessibility: 'PUBLIC',
      Settings: {
        Caller: 'c',
        BusinessUserId: 'b',
        PipelineId: 'p',
        OversoldType: 'AcceptQuotaOverSold',
      },
    });
  });

  it('pages through the newest first', async () => {
    const pages = await Promise.all(
      ['1', '2', '3', '4'].map((PageNumber) => list({ WorkspaceId: 'w', PageSize: '2', PageNumber })),
    );
    expect(pages.map(namesOf)).toEqual([['list-e', 'list-d'], ['list-c', 'list-B'], ['list-a'], []]);
    expect(pages.map(({ body }) => body.TotalCount)).toEqual([5, 5, 5, 5]);
  });

  it('sorts by name', async () => {
    const reply = await list({ WorkspaceId: 'w', SortBy: 'DisplayName', Order: 'asc' });
    expect(namesOf(reply)).toEqual(['list-B', 'list-a', 'list-c', 'list-d', 'list-e']);
  });

  it.each([
    [{ DisplayName: 'T-b' }, ['list-B']],
    [{ Tags: '{"all":"y","list-c":"y"}' }, ['list-c']],
    [{ Tags: '{"all":"n"}' }, []],
    [{ JobType: 'TFJob' }, ['odd']],
    [{ ResourceId: 'quota1' }, ['odd']],
    [{ Caller: 'c', BusinessUserId: 'b', PipelineId: 'p' }, ['odd']],
    [{ Caller: 'x' }, []],
    [{ WorkspaceId: 'odd', Status: 'Creating' }, ['odd']],
    [{ WorkspaceId: 'odd', Status: 'Running,Creating' }, ['odd']],
    [{ WorkspaceId: 'odd', Status: 'Running' }, []],
    [{ WorkspaceId: 'odd', JobType: '' }, ['odd']],
    [{ ResourceIds: 'quota0,quota1' }, ['odd']],
    [{ ResourceQuotaName: 'QUOTA' }, ['odd']],
    [{ Description: 'odd ONE' }, ['odd']],
    [{ Accessibility: 'PUBLIC' }, ['odd']],
    [{ TemplateId: 'tplodd' }, []],
    [{ EnableAssignNode: 'true' }, ['odd']],
    [{ OversoldInfo: 'AcceptQuotaOverSold-false' }, ['odd']],
    [{ OversoldInfo: 'AcceptQuotaOverSold-true' }, []],
    [{ PaymentType: 'PrePaid' }, ['odd']],
    [{ PaymentType: 'Spot' }, []],
    [{ WorkspaceId: 'odd', Username: 'loc' }, ['odd']],
    [{ WorkspaceId: 'odd', UserIdForFilter: 'somebody' }, []],
    [{ ImageSearch: 'train vision' }, ['odd']],
    [{ ImageSearch: 'train language' }, []],
    [{ UserCommandSearch: 'EPOCHS train' }, ['odd']],
    [{ WorkspaceId: 'odd', ReasonSearch: 'failed' }, []],
    [{ NumericRangeField: 'RequestGPU', NumericRangeMin: '8', NumericRangeMax: '8' }, ['odd']],
    [{ NumericRangeField: 'RequestGPU', NumericRangeMin: '9' }, []],
    [{ WorkspaceId: 'odd', TimeRangeField: 'GmtFinishTime' }, []],
    [{ WorkspaceId: 'odd', FromAllWorkspaces: 'true', ShowOwn: 'true' }, ['odd']],
  ])('filters by %o', async (query, names) => {
    expect(namesOf(await list(query))).toEqual(names);
  });

  it('filters by JobIds and by the time of creation', async () => {
    const jobs = (await list({ WorkspaceId: 'w' })).body.Jobs as { JobId: string; GmtCreateTime: string }[];
    const [newest, second] = jobs;
    const JobIds = `${newest?.JobId},${second?.JobId}`;
    expect(namesOf(await list({ JobIds }))).toEqual(['list-e', 'list-d']);
    const [StartTime, EndTime] = [second?.GmtCreateTime ?? '', second?.GmtCreateTime ?? ''];
    expect(namesOf(await list({ WorkspaceId: 'w', StartTime, EndTime }))).toEqual(['list-d']);
  });

  it('hides jobs older than seven days unless StartTime says otherwise', async () => {
    now += 8 * 24 * 3_600_000;
    expect((await list({ WorkspaceId: 'w' })).body.TotalCount).toBe(0);
    const StartTime = gmt(now - 9 * 24 * 3_600_000);
    expect((await list({ WorkspaceId: 'w', StartTime })).body.TotalCount).toBe(5);
  });

  it.each([
    [{ PageSize: '101' }, 'InvalidParameter'],
    [{ PageSize: '0' }, 'InvalidParameter'],
    [{ PageNumber: '1001' }, 'InvalidParameter'],
    [{ PageNumber: 'x' }, 'InvalidParameter'],
    [{ SortBy: 'constructor' }, 'BadRequest'],
    [{ Order: 'up' }, 'InvalidParameter'],
    [{ ShowOwn: 'maybe' }, 'InvalidParameter'],
    [{ Tags: '{' }, 'InvalidParameter'],
    [{ FromAllWorkspaces: 'yes' }, 'InvalidParameter'],
    [{ TimeRangeField: 'constructor' }, 'InvalidParameter'],
    [{ NumericRangeField: 'toString' }, 'InvalidParameter'],
    [{ NumericRangeField: 'RequestGPU', NumericRangeMin: 'x' }, 'InvalidParameter'],
    [{ StartTime: 'yesterday' }, 'InvalidParameter'],
  ])('refuses %o', async (query, code) => {
    expect(await list(query)).toMatchObject({ status: 400, body: { Code: code } });
  });
});
