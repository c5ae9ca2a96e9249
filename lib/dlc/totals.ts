import { type Bag, isBag } from './draft-codec';
import { parseQuantity } from './rules';

/** What a job asks for in all. Amounts are there only where every role gives them; memory in GiB. */
export type Totals = { nodes: number; cpu?: number; gpu?: number; memoryGiB?: number };

export function totalsOf(body: Bag): Totals {
  const specs = (Array.isArray(body.JobSpecs) ? body.JobSpecs : []).filter(isBag);
  const pods = (spec: Bag) => (typeof spec.PodCount === 'number' && spec.PodCount > 0 ? spec.PodCount : 0);
  const totals: Totals = { nodes: specs.reduce((sum, spec) => sum + pods(spec), 0) };
  const add = (leaf: string) =>
    specs.reduce<number | undefined>((sum, spec) => {
      const amount = isBag(spec.ResourceConfig) ? parseQuantity(spec.ResourceConfig[leaf]) : undefined;
      return sum === undefined || amount === undefined ? undefined : sum + amount * pods(spec);
    }, 0);
  if (specs.length === 0) return totals;
  const [cpu, gpu, memory] = [add('CPU'), add('GPU'), add('Memory')];
  return {
    ...totals,
    ...(cpu === undefined ? {} : { cpu }),
    ...(gpu === undefined ? {} : { gpu }),
    ...(memory === undefined ? {} : { memoryGiB: memory / 1024 ** 3 }),
  };
}
