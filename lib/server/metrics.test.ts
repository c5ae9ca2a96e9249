import { expect, it } from 'vitest';
import { newMetrics } from './metrics';

const now = Date.parse('2026-11-23T12:00:00Z');

function lines(text: string): string[] {
  return text.split('\n').filter((line) => line.startsWith('jobwright_'));
}

it('counts submissions by outcome, and calls by operation, outcome and time', async () => {
  const metrics = newMetrics();
  for (const outcome of ['ok', 'ok', 'denied', 'unreachable', 'unconfirmed'] as const)
    metrics.countCall({ operation: 'CreateJob', outcome, durationMs: 10 });
  metrics.countSubmission('joined');
  metrics.countCall({ operation: 'ListJobs', outcome: 'ok', durationMs: 300 });
  metrics.countCall({ operation: 'ListJobs', outcome: 'refused', durationMs: 20 });
  const text = lines(await metrics.print(undefined));
  expect(text.filter((line) => line.startsWith('jobwright_submissions_total'))).toEqual([
    'jobwright_submissions_total{outcome="accepted"} 2',
    'jobwright_submissions_total{outcome="refused"} 2',
    'jobwright_submissions_total{outcome="unconfirmed"} 1',
    'jobwright_submissions_total{outcome="joined"} 1',
  ]);
  const bucket = (le: string) =>
    `jobwright_dlc_call_duration_seconds_bucket{le="${le}",operation="ListJobs",outcome="ok"}`;
  expect(text).toContain(`${bucket('0.25')} 0`);
  expect(text).toContain(`${bucket('0.5')} 1`);
  expect(text).toContain(
    'jobwright_dlc_call_duration_seconds_count{operation="ListJobs",outcome="refused"} 1',
  );
});

it('tells how many are unconfirmed and since when, and leaves out what the store did not say', async () => {
  const metrics = newMetrics(() => now);
  const shown = async (...given: Parameters<typeof metrics.print>) =>
    lines(await metrics.print(...given)).filter((line) => /store_up|unconfirmed/.test(line));
  expect(await shown({ count: 2, oldestAt: new Date(now - 90_000) })).toEqual([
    'jobwright_store_up 1',
    'jobwright_submissions_unconfirmed 2',
    'jobwright_submissions_unconfirmed_oldest_seconds 90',
  ]);
  expect(await shown(undefined)).toEqual(['jobwright_store_up 0']);
  expect(await shown({ count: 0, oldestAt: undefined })).toEqual([
    'jobwright_store_up 1',
    'jobwright_submissions_unconfirmed 0',
    'jobwright_submissions_unconfirmed_oldest_seconds 0',
  ]);
});

it('has the figures of the process', async () => {
  expect(await newMetrics().print(undefined)).toContain('process_resident_memory_bytes');
});
