import { expect, it } from 'vitest';
import { drain, isDraining, track } from './drain';

it('waits for what is under way, and for no longer than it was told', async () => {
  let finish = () => {};
  const slow = track(new Promise<void>((resolve) => (finish = resolve)));
  track(Promise.reject(new Error('bug'))).catch(() => {});
  expect(isDraining()).toBe(false);
  await drain(10);
  expect(isDraining()).toBe(true);
  const drained = drain(60_000);
  finish();
  await slow;
  await drained;
});
