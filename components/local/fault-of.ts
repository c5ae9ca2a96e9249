import type { Problem } from '@/lib/problem';

/** The local DLC begins what it says of one field with its name: `Uri: the folder … is not there.` */
export function faultOf(
  problem: Problem,
  wireNames: string[],
): { wireName: string; sentence: string } | undefined {
  if (problem.kind !== 'refused') return undefined;
  const [, wireName, sentence] = /^(\w+): (.*)$/s.exec(problem.api.message) ?? [];
  return wireName && sentence && wireNames.includes(wireName)
    ? { wireName, sentence: sentence.charAt(0).toUpperCase() + sentence.slice(1) }
    : undefined;
}
