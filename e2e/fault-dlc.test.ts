import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type FaultDlc, startFaultDlc } from './fault-dlc';
import { faultModes, modeInName } from './fault-modes';

let dlc: FaultDlc;

beforeEach(async () => {
  dlc = await startFaultDlc();
});
afterEach(() => dlc.close());

const create = (body: object) =>
  fetch(`${dlc.endpoint}/api/v1/jobs`, { method: 'POST', body: JSON.stringify(body) });

async function list(query: Record<string, string>): Promise<{ TotalCount: number; Jobs: unknown[] }> {
  const answer = await fetch(`${dlc.endpoint}/api/v1/jobs?${new URLSearchParams(query)}`);
  return (await answer.json()) as { TotalCount: number; Jobs: unknown[] };
}

it('makes a job exactly where its table says so', async () => {
  dlc.slowMs = 0;
  for (const [name, { made }] of Object.entries(faultModes)) {
    dlc.jobs.length = 0;
    const signal = AbortSignal.timeout(name.startsWith('hang') || name === 'drip' ? 100 : 2_000);
    dlc.mode = name as keyof typeof faultModes;
    const body = JSON.stringify({ DisplayName: 'x' });
    await fetch(`${dlc.endpoint}/api/v1/jobs`, { method: 'POST', body, signal, redirect: 'manual' })
      .then(async (answer) => void (await (name === 'endless' ? answer.body?.cancel() : answer.text())))
      .catch(() => {});
    expect([name, dlc.jobs.length]).toEqual([name, made ? 1 : 0]);
  }
});

it('takes the mode from the name of the job', async () => {
  expect(modeInName('mnist-fault-500-not-made')).toBe('500-not-made');
  expect(modeInName('fault-ok-slow_7')).toBe('ok-slow');
  expect(modeInName('default-name')).toBeUndefined();
  expect((await create({ DisplayName: 'fault-504' })).status).toBe(504);
  expect((await create({ DisplayName: 'fine' })).status).toBe(200);
  expect(dlc.requestsOf('CreateJob').map(({ body }) => body)).toEqual([
    '{"DisplayName":"fault-504"}',
    '{"DisplayName":"fine"}',
  ]);
});

describe('a listing', () => {
  beforeEach(async () => {
    await create({ DisplayName: 'A', Settings: { Tags: { mark: '1', team: 'x' } } });
    await create({ DisplayName: 'B', Settings: { Tags: { mark: '2', team: 'x' } } });
  });

  it.each([
    ['works', 1, 0],
    ['matches-nothing', 0, 0],
    ['ignored', 2, 2],
  ] as const)('whose filter by tags %s', async (tagsFilter, hits, misses) => {
    dlc.tagsFilter = tagsFilter;
    expect((await list({ Tags: '{"mark":"1","team":"x"}' })).TotalCount).toBe(hits);
    expect((await list({ Tags: '{"mark":"1","team":"y"}' })).TotalCount).toBe(misses);
    expect((await list({})).TotalCount).toBe(2);
  });

  it('lags, and hides what lies outside its window', async () => {
    expect(
      (await list({ StartTime: '2100-01-01T00:00:00Z', EndTime: '2100-01-02T00:00:00Z' })).TotalCount,
    ).toBe(0);
    dlc.listLagMs = 60_000;
    expect((await list({})).TotalCount).toBe(0);
  });

  it('comes in pages, newest first', async () => {
    const { Jobs, TotalCount } = await list({ PageSize: '1', PageNumber: '1' });
    expect([Jobs, TotalCount]).toMatchObject([[{ DisplayName: 'B' }], 2]);
  });
});
