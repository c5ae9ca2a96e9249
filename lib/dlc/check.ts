import type * as z from 'zod';
import { type Fault, type FaultKey, parseFaultKey } from '@/lib/problem';
import { createJob } from './create-job';
import { type Bag, isBag } from './draft-codec';
import { rules } from './rules';

type Issue = z.core.$ZodRawIssue;

const typeKeys: Record<string, FaultKey> = {
  string: 'type.text',
  number: 'type.number',
  int: 'type.whole',
  boolean: 'type.flag',
  array: 'type.list',
  record: 'type.object',
  object: 'type.object',
};

/** Message keys for what a leaf does not name itself. */
function toKey(issue: Issue): FaultKey {
  if (issue.code === 'invalid_type')
    return issue.input === undefined ? 'required' : (typeKeys[issue.expected] ?? 'type.other');
  if (issue.code === 'too_small') return 'number.min';
  if (issue.code === 'too_big') return issue.origin === 'string' ? 'text.long' : 'number.max';
  return 'type.other';
}

function leafFaults(body: unknown): Fault[] {
  const parsed = createJob.safeParse(body, { error: toKey });
  return (parsed.error?.issues ?? []).map((issue) => {
    const params: Record<string, string | number> = {};
    if (issue.code === 'too_small') params.min = Number(issue.minimum);
    if (issue.code === 'too_big') params.max = Number(issue.maximum);
    const path = issue.path.map((step) => (typeof step === 'number' ? step : String(step)));
    return { path, key: parseFaultKey(issue.message), ...(Object.keys(params).length > 0 ? { params } : {}) };
  });
}

/** Everything wrong with a body, all at once: first the leaves, then what the rules between fields see. One fault a path. */
export function checkCreateJob(body: unknown): Fault[] {
  if (!isBag(body)) return [{ path: [], key: 'type.object' }];
  const found = new Map<string, Fault>();
  for (const fault of [...leafFaults(body), ...rules.flatMap((rule) => rule(body))]) {
    const id = JSON.stringify([fault.path, fault.part]);
    if (!found.has(id)) found.set(id, fault);
  }
  return [...found.values()];
}

/** A checked body, word for word as it was given: nothing is dropped, defaulted or reordered. */
export function parseCreateJob(body: unknown): { body: Bag; faults: [] } | { faults: Fault[] } {
  const faults = checkCreateJob(body);
  return faults.length === 0 && isBag(body) ? { body, faults: [] } : { faults };
}
