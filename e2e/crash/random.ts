import { createHash } from 'node:crypto';

/** Choices that the same seed and name repeat, whatever else was chosen meanwhile. */
export type Random = {
  /** From 0, below 1. */
  next(): number;
  chance(probability: number): boolean;
  /** A whole number, both ends included. */
  between(from: number, to: number): number;
  pick<T>(weighted: readonly (readonly [T, number])[]): T;
};

export function newRandom(seed: string): Random {
  let count = 0;
  const next = () => {
    const bytes = createHash('sha256').update(`${seed} ${count}`).digest();
    count += 1;
    return bytes.readUInt32BE() / 2 ** 32;
  };
  return {
    next,
    chance: (probability) => next() < probability,
    between: (from, to) => from + Math.floor(next() * (to - from + 1)),
    pick(weighted) {
      let left = next() * weighted.reduce((sum, [, weight]) => sum + weight, 0);
      for (const [one, weight] of weighted) {
        left -= weight;
        if (left < 0) return one;
      }
      throw new Error('There is nothing to pick from.');
    },
  };
}

/** A UUID of version 4. */
export function toUuid(seed: string): string {
  const hex = createHash('sha256').update(seed).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
