import { describe, expect, it } from 'vitest';
import { formatBytes, formatDuration, formatTime } from './format';

describe('formatDuration', () => {
  it.each([
    [8, '8s'],
    [64, '1m 4s'],
    [600, '10m'],
    [5400, '1h 30m'],
    [90_000, '1d 1h'],
    [-3, '0s'],
  ])('%s seconds are %s', (seconds, expected) => expect(formatDuration('en', seconds)).toBe(expected));
});

describe('formatTime', () => {
  it('shows what is no time as it is', () => {
    expect(formatTime('en', 'soon')).toBe('soon');
    expect(formatTime('en', '2026-11-23T14:05:09Z', 'UTC')).toBe('Nov 23, 2026, 2:05:09 PM');
  });
});

describe('formatBytes', () => {
  it.each([
    [0, '0 B'],
    [900, '900 B'],
    [1536, '1.5 KiB'],
    [325_058_560, '310 MiB'],
    [2 ** 40 * 2, '2 TiB'],
  ])('%s bytes are %s', (bytes, expected) => expect(formatBytes('en', bytes)).toBe(expected));
});
