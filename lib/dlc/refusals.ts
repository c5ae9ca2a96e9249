import type { ApiAnswer } from '@/lib/problem';
import { shape } from './draft';

/**
 * The top-level field a refusal is about, where its code names one: `InvalidParameter.<Field>`, `Invalid<Field>`,
 * `Missing<Field>` (dlc-api.md §4), or a message that quotes exactly one field's name. No table of codes is published.
 */
export function refusedField({ code, message }: Pick<ApiAnswer, 'code' | 'message'>): string | undefined {
  const names = Object.keys(shape.leaves);
  const [, fromCode] = /^(?:InvalidParameter\.|Invalid|Missing)(\w+)/.exec(code) ?? [];
  const exact = names.find((name) => name === fromCode);
  if (exact) return exact;
  const quoted = names.filter((name) => new RegExp(`\\b${name}\\b`).test(message));
  return quoted.length === 1 ? quoted[0] : undefined;
}
