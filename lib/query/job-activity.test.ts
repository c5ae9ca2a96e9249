import { expect, it } from 'vitest';
import { toTimeStep } from './job-activity';

it.each([
  [0, '2s'],
  [10 * 60_000, '2s'],
  [11 * 60_000, '10s'],
  [5 * 3_600_000, '1m'],
  [24 * 3_600_000, '10m'],
  [200 * 24 * 3_600_000, '1d'],
])('a span of %i ms is cut by %s', (spanMs, step) => {
  expect(toTimeStep(spanMs)).toBe(step);
});
