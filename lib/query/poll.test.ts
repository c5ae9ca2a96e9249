import { describe, expect, it } from 'vitest';
import { canWrite, toJobIntervalMs, toLogsIntervalMs, toSubmissionIntervalMs } from './poll';

const poll = { activeMs: 15, waitingMs: 30, listMs: 40, logsMs: 5 };

describe('how often a job is read', () => {
  it.each([
    ['Creating', 30],
    ['Queuing', 30],
    ['EnvPreparing', 30],
    ['Running', 15],
    ['Restarting', 15],
    ['Stopping', 15],
    ['SucceededReserving', 15],
    ['SomethingNew', 15],
    ['Succeeded', false],
    ['Failed', false],
    ['Stopped', false],
  ])('%s: every %s ms', (status, interval) => {
    expect(toJobIntervalMs(status, poll)).toBe(interval);
  });

  it('keeps asking while nothing is known yet', () => {
    expect(toJobIntervalMs(undefined, poll)).toBe(15);
  });
});

describe('how often output is read', () => {
  it('asks as long as the pod may write', () => {
    expect(toLogsIntervalMs({ canWrite: true, readings: 900 }, poll)).toBe(5);
  });

  it('asks a few more times after the end, then stops', () => {
    expect(toLogsIntervalMs({ canWrite: false, readings: 0 }, poll)).toBe(5);
    expect(toLogsIntervalMs({ canWrite: false, readings: 2 }, poll)).toBe(5);
    expect(toLogsIntervalMs({ canWrite: false, readings: 3 }, poll)).toBe(false);
  });

  it.each([
    ['Running', 'Running', true],
    ['Pending', 'Queuing', true],
    ['Unknown', 'Running', true],
    ['Succeeded', 'Running', false],
    ['Failed', 'Restarting', false],
    ['Running', 'Stopped', false],
  ])('pod %s of a job %s may write: %s', (pod, job, expected) => {
    expect(canWrite(pod, job)).toBe(expected);
  });
});

it.each([
  ['reserved', 1000],
  ['sending', 1000],
  ['unconfirmed', 15],
  ['accepted', false],
  ['refused', false],
  ['needs-attention', 40],
])('a submission that is %s is read every %s ms', (state, interval) => {
  expect(toSubmissionIntervalMs(state, poll)).toBe(interval);
});
