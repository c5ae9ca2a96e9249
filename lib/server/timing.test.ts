import { expect, it } from 'vitest';
import { toTiming } from './timing';

it('waits twenty minutes in the cloud, and ninety seconds on the local DLC', () => {
  expect(toTiming({ kind: 'cloud' })).toMatchObject({ absenceAfterMs: 20 * 60_000, maxLookMs: 60_000 });
  expect(toTiming({ kind: 'local' })).toMatchObject({ absenceAfterMs: 90_000 });
});

it('never takes a job for absent while its signature could still be taken', () => {
  for (const signatureLifeMs of [500, 2_000, 60_000, 900_000])
    expect(toTiming({ kind: 'cloud', signatureLifeMs }).absenceAfterMs).toBeGreaterThan(signatureLifeMs);
});
