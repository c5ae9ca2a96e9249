import { describe, expect, it } from 'vitest';
import { add, describeResources, fits, needOfSpec, nothing, parseQuantity, unknownNeed } from './resources';

describe('parseQuantity', () => {
  it.each([
    ['4', 4],
    ['0.5', 0.5],
    ['500m', 0.5],
    [' 2 ', 2],
    ['10Gi', 10 * 2 ** 30],
    ['10G', 10e9],
    ['512Mi', 2 ** 29],
  ])('reads %s', (text, value) => expect(parseQuantity(text)).toBeCloseTo(value));

  it.each(['', 'x', '-1', '1e3', '10GB', '1 Gi', '.5'])('takes no “%s”', (text) =>
    expect(parseQuantity(text)).toBeUndefined(),
  );
});

describe('what a pod takes', () => {
  it.each([
    ['its ResourceConfig', { ResourceConfig: { CPU: '2', Memory: '4Gi', GPU: '1' } }, 2, 4, 1],
    ['what ListEcsSpecs says of its type', { EcsSpec: 'ecs.local.large' }, 2, 4, 0],
    [
      'little where the type is another',
      { EcsSpec: 'ecs.g6.large' },
      unknownNeed.cpu,
      unknownNeed.memoryGiB,
      0,
    ],
    ['little where nothing is said', {}, unknownNeed.cpu, unknownNeed.memoryGiB, 0],
    [
      'little of what its ResourceConfig leaves out',
      { ResourceConfig: { GPU: '3', CPU: '' } },
      0.1,
      0.125,
      3,
    ],
  ])('is %s', (_what, spec, cpu, memoryGiB, gpu) => {
    expect(needOfSpec(spec)).toEqual({ cpu, memoryGiB, gpu });
  });

  it('adds up to whole numbers', () => {
    const ten = Array.from({ length: 10 }).reduce<typeof nothing>((sum) => add(sum, unknownNeed), nothing);
    expect(fits(ten, { cpu: 1, memoryGiB: 1.25, gpu: 0 })).toBe(true);
    expect(describeResources(ten)).toBe('1 CPU, 1.25 GiB of memory and 0 GPU');
  });
});
