import { type Read, refuseParameter } from './answer';
import type { QueryPair } from './canonical-request';

export type Query = ReadonlyMap<string, string>;

/** The query by name; a name given twice could mean either value and is refused. An empty value counts as absent. */
export function readQuery(pairs: QueryPair[]): Read<Query> {
  const query = new Map<string, string>();
  for (const [name, value] of pairs) {
    if (query.has(name)) return { refusal: refuseParameter(`${name}: is given more than once.`) };
    query.set(name, value);
  }
  for (const [name, value] of query) if (value === '') query.delete(name);
  return { value: query };
}

export function readInteger(
  query: Query,
  name: string,
  { fallback, min, max }: { fallback: number; min: number; max: number },
): Read<number> {
  const text = query.get(name);
  if (text === undefined) return { value: fallback };
  const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
  return value >= min && value <= max
    ? { value }
    : { refusal: refuseParameter(`${name}: must be an integer between ${min} and ${max}.`) };
}

/** Seconds since 1970 of a time such as `2020-11-08T16:00:00Z`: answers tell times to the second, so they compare by it. */
export function readSeconds(query: Query, name: string): Read<number | undefined> {
  const text = query.get(name);
  if (text === undefined) return { value: undefined };
  const at = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(at)
    ? { refusal: refuseParameter(`${name}: must be a UTC time such as 2020-11-08T16:00:00Z.`) }
    : { value: Math.floor(at / 1000) };
}
