import { describe, expect, it } from 'vitest';
import { submissionTag } from '@/lib/dlc/mark';
import { mask } from '@/lib/dlc/secrets';
import type { SubmissionView } from '@/lib/server/submission';
import { toSubmissionView } from './to-view';

const credentials = { accessKeyId: 'LTAI', accessKeySecret: 'never shown' };
const cloud = {
  kind: 'cloud',
  endpoint: 'https://pai-dlc.cn-hangzhou.aliyuncs.com',
  region: 'cn-hangzhou',
  credentials,
} as const;

const recorded: SubmissionView = {
  id: 's1',
  state: 'unconfirmed',
  attempt: 1,
  body: { DisplayName: 'a', Envs: { API_TOKEN: 'sekrit-value' } },
  displayName: 'a',
  jobType: 'TFJob',
  endpoint: cloud.endpoint,
  identity: 'LTAI',
  who: 'operator',
  createdAt: '2026-11-23T00:00:00.000Z',
  updatedAt: '2026-11-23T00:00:00.000Z',
  sentAt: '2026-11-23T00:00:01.000Z',
  events: [],
  otherJobs: [],
  resend: false,
  looks: 0,
};

describe('a submission as it is shown', () => {
  it('has the mark in a body that was sent, and no secret', () => {
    const view = toSubmissionView(recorded, cloud);
    expect(view.body).toEqual({
      DisplayName: 'a',
      Envs: { API_TOKEN: mask },
      Settings: { Tags: { [submissionTag]: 's1' } },
    });
    expect(JSON.stringify(view)).not.toMatch(/sekrit|never shown/);
  });

  it('has no mark where nothing was sent', () => {
    const { sentAt: _, ...unsent } = recorded;
    expect(JSON.stringify(toSubmissionView(unsent, cloud).body)).not.toContain(submissionTag);
  });

  it('quotes of each event what is evidence', () => {
    const api = { status: 400, code: 'InvalidParameter', message: 'no', requestId: 'r1' };
    const event = { attempt: 1, at: recorded.createdAt };
    const view = toSubmissionView(
      {
        ...recorded,
        events: [
          { ...event, state: 'reserved', detail: { who: 'operator' } },
          { ...event, state: 'unconfirmed', detail: { problem: { kind: 'unconfirmed', reason: 'reset' } } },
          { ...event, state: 'refused', detail: { problem: { kind: 'refused', api } } },
          { ...event, state: 'accepted', detail: { jobId: 'dlc1', requestId: 'r2' } },
        ],
      },
      cloud,
    );
    expect(view.events.map(({ detail }) => detail)).toEqual([
      '',
      'reset',
      'InvalidParameter · r1',
      'dlc1 · r2',
    ]);
  });
});

it.each([
  ['the same endpoint', {}, cloud, true],
  ['another address of the same region', { endpoint: 'https://vpc', region: 'cn-hangzhou' }, cloud, true],
  ['another region', { endpoint: 'https://other', region: 'cn-beijing' }, cloud, false],
  ['an endpoint without a region', { endpoint: 'https://other' }, cloud, false],
  [
    'the local DLC after a restart',
    { endpoint: 'http://127.0.0.1:1' },
    { kind: 'local', endpoint: 'http://127.0.0.1:2', credentials } as const,
    true,
  ],
  [
    'the local DLC of other data',
    { endpoint: 'http://127.0.0.1:1', identity: 'other' },
    { kind: 'local', endpoint: 'http://127.0.0.1:2', credentials } as const,
    false,
  ],
])('knows %s', (_, change, connection, isHere) => {
  expect(toSubmissionView({ ...recorded, ...change }, connection).isHere).toBe(isHere);
});
