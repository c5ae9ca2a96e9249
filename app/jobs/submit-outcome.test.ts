import { expect, it } from 'vitest';
import type { Problem } from '@/lib/problem';
import type { SubmissionState, SubmissionView } from '@/lib/server/submission';
import { toSubmitOutcome } from './submit-outcome';

const problem: Problem = { kind: 'unreachable', reason: 'ECONNREFUSED' };

function recorded(state: SubmissionState, more: Partial<SubmissionView> = {}): SubmissionView {
  return {
    id: 's1',
    state,
    attempt: 2,
    body: {},
    displayName: 'a',
    jobType: 'TFJob',
    endpoint: 'https://dlc.example',
    identity: 'LTAI',
    who: 'operator',
    createdAt: '2026-11-23T00:00:00.000Z',
    updatedAt: '2026-11-23T00:00:00.000Z',
    events: [],
    otherJobs: [],
    resend: false,
    looks: 0,
    ...more,
  };
}

it.each([
  [
    recorded('accepted', { jobId: 'dlc1', requestId: 'r1' }),
    { state: 'accepted', submissionId: 's1', jobId: 'dlc1', requestId: 'r1' },
  ],
  [recorded('refused', { problem }), { state: 'refused', submissionId: 's1', problem, attempt: 2 }],
  [recorded('reserved'), { state: 'sending', submissionId: 's1' }],
  [recorded('sending'), { state: 'sending', submissionId: 's1' }],
  [recorded('unconfirmed'), { state: 'unconfirmed', submissionId: 's1' }],
  [recorded('needs-attention'), { state: 'unconfirmed', submissionId: 's1' }],
])('tells the form of $state', (submission, expected) => {
  expect(toSubmitOutcome({ kind: 'submission', joined: false, submission })).toEqual({
    ok: true,
    value: expected,
  });
});

it('names the job that the other body of a conflict made', () => {
  expect(toSubmitOutcome({ kind: 'conflict', submission: recorded('accepted', { jobId: 'dlc1' }) })).toEqual({
    ok: true,
    value: { state: 'conflict', submissionId: 's1', jobId: 'dlc1' },
  });
  expect(toSubmitOutcome({ kind: 'conflict', submission: recorded('sending') })).toEqual({
    ok: true,
    value: { state: 'conflict', submissionId: 's1' },
  });
});

it('says that nothing was sent where nothing could be written down', () => {
  expect(toSubmitOutcome({ kind: 'not-kept' })).toEqual({
    ok: false,
    problem: { kind: 'unreachable', reason: 'store' },
  });
});
