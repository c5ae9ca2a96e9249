import { expect, it } from 'vitest';
import { findFreePorts } from './free-ports';

it('gives ports that are all different', async () => {
  expect(new Set(await findFreePorts(50)).size).toBe(50);
});

it('passes over what jobs that wait were promised', async () => {
  // All the ports the system offers but a few: without a look at them a promised one comes soon.
  const promised = new Set(await findFreePorts(400));
  for (let round = 0; round < 40; round++)
    for (const port of await findFreePorts(50, promised)) expect(promised.has(port)).toBe(false);
});
