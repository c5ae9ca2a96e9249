import Client, { $OpenApiUtil } from '@alicloud/openapi-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type LocalDlc, startLocalDlc } from './start';
import * as client from './test-client';

let dlc: LocalDlc;
beforeAll(async () => {
  const phaseMs = { Creating: 0, Queuing: 0, EnvPreparing: 0 };
  dlc = await startLocalDlc({ dataDir: client.newDataDir(), phaseMs, stopGraceMs: 200 });
});
afterAll(() => dlc.close());

// The class is that of a package which is not a dependency of ours; without settings an object is as good.
const runtime = {} as Parameters<Client['callApi']>[2];

type Call = { action: string; method?: string; path: string; query?: Record<string, string>; body?: unknown };

/** The vendor's own client as its generated SDKs drive it, pointed here by nothing but endpoint and protocol. */
async function call({
  action,
  method = 'GET',
  path,
  query = {},
  body,
}: Call): Promise<Record<string, unknown>> {
  const { host } = new URL(dlc.endpoint);
  const { accessKeyId, accessKeySecret } = dlc;
  const config = new $OpenApiUtil.Config({ accessKeyId, accessKeySecret, endpoint: host, protocol: 'HTTP' });
  const params = new $OpenApiUtil.Params({
    action,
    version: '2020-12-03',
    protocol: 'HTTPS',
    pathname: `/api/v1/${path}`,
    method,
    authType: 'AK',
    style: 'ROA',
    reqBodyType: 'json',
    bodyType: 'json',
  });
  const request = new $OpenApiUtil.OpenApiRequest({ query, ...(body === undefined ? {} : { body }) });
  return (await new Client(config).callApi(params, request, runtime)).body;
}

it('the cloud’s own SDK creates, gets, lists, updates, stops and deletes a job', async () => {
  const body = client.jobBody({
    DisplayName: 'sdk~1',
    UserCommand: 'echo "grüße"; exec sleep 60',
    Settings: { Tags: { k: 'a b' } },
  });
  await expect(call({ action: 'CreateJob', method: 'POST', path: 'jobs', body })).rejects.toMatchObject({
    name: 'ClientError',
    code: 'InvalidParameter',
    statusCode: 400,
    message: expect.stringMatching(/code: 400, DisplayName: .* request id: [0-9A-F-]{36}$/),
  });
  const made = await call({
    action: 'CreateJob',
    method: 'POST',
    path: 'jobs',
    body: { ...body, DisplayName: 'sdk_1' },
  });
  expect(made.RequestId).toMatch(/^[0-9A-F-]{36}$/);
  const path = `jobs/${made.JobId}`;
  const job = (): Promise<Record<string, unknown>> => call({ action: 'GetJob', path });
  await expect.poll(async () => (await job()).Status, { timeout: 8_000 }).toBe('Running');
  const query = { Tags: JSON.stringify({ k: 'a b' }), ShowOwn: 'true', DisplayName: 'sdk_1', Empty: '' };
  expect(await call({ action: 'ListJobs', path: 'jobs', query })).toMatchObject({
    TotalCount: 1,
    Jobs: [{ JobId: made.JobId, Settings: { Tags: { k: 'a b' } } }],
  });
  await call({ action: 'UpdateJob', method: 'PUT', path, body: { Description: 'größer' } });
  expect(await job()).toMatchObject({ Description: 'größer' });
  const logs = `${path}/pods/${made.JobId}-master-0/logs`;
  await expect
    .poll(async () => (await call({ action: 'GetPodLogs', path: logs, query: { MaxLines: '5' } })).Logs, {
      timeout: 8_000,
    })
    .toEqual(['grüße']);
  expect(await call({ action: 'StopJob', method: 'POST', path: `${path}/stop` })).toMatchObject({
    JobId: made.JobId,
  });
  await expect.poll(async () => (await job()).Status, { timeout: 8_000 }).toBe('Stopped');
  await expect(call({ action: 'StopJob', method: 'POST', path: `${path}/stop` })).rejects.toMatchObject({
    code: 'BadRequest',
  });
  expect(await call({ action: 'DeleteJob', method: 'DELETE', path })).toMatchObject({ JobId: made.JobId });
  await expect(job()).rejects.toMatchObject({ code: 'NotFound', statusCode: 404 });
}, 30_000);
