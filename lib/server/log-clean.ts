import 'server-only';
import { looksSecret } from '@/lib/dlc/secrets';

/** Makes texts and structures fit to be logged: no secret, nothing that moves a terminal's cursor, bounded. */
export type Cleaner = {
  text(value: string, maxLength?: number): string;
  fields(value: object): Record<string, unknown>;
  /** From now on this text is struck out wherever it stands. */
  hide(secret: string): void;
};

export const maxTextLength = 2_000;
type Name = { written: string; isSecret: boolean };

const maxNames = 500;
const maxDepth = 5;
const maxEntries = 50;
// All texts of one line together.
const maxLineLength = 16_000;
// Shorter ones would strike out words.
const minSecretLength = 4;

const patterns: [RegExp, string][] = [
  [/([?&;](?:access_?)?(?:token|password|secret|signature)=)[^&\s"'#;]*/gi, '$1***'],
  [/(:\/\/[^\s/@:?#]*:)[^\s/]*@/g, '$1***@'],
  [/\b((?:Bearer|Basic) +)[^\s"',;]{8,}/gi, '$1***'],
  [/(\bSignature=)[0-9a-f]{8,}/gi, '$1***'],
  [/(\bjobwright-\d+=)[\w-]+/g, '$1***'],
];

/** What all of the patterns need: most texts have none of it. */
const mayMatch = /[=@]|(?:Bearer|Basic) /i;

// JSON escapes what is below U+0020; terminals obey these as well.
const controls = /[\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g;

export function newCleaner(secrets: readonly string[] = []): Cleaner {
  const known = new Set<string>();
  const names = new Map<string, Name>();

  function hide(secret: string): void {
    if (secret.length >= minSecretLength) known.add(secret).add(encodeURIComponent(secret));
    names.clear();
  }
  for (const secret of secrets) hide(secret);

  function text(value: string, maxLength = maxTextLength): string {
    // Secrets go before the cut, which could leave a part of one.
    let left = value.slice(0, maxLineLength * 4);
    for (const secret of known) left = left.replaceAll(secret, '***');
    if (mayMatch.test(left)) for (const [pattern, instead] of patterns) left = left.replace(pattern, instead);
    left = left.replace(controls, '\ufffd');
    return left.length > maxLength ? `${left.slice(0, maxLength)}… (${value.length} characters)` : left;
  }

  /** Once for each name: nearly all lines have the same few. */
  function judge(name: string): Name {
    const judged = names.get(name) ?? { written: text(name, 100), isSecret: looksSecret(name, 'x') };
    if (names.size < maxNames) names.set(name, judged);
    return judged;
  }

  function clean(value: unknown, depth: number, budget: { left: number }): unknown {
    if (typeof value === 'string') {
      const cleaned = text(value, Math.max(0, Math.min(maxTextLength, budget.left)));
      budget.left -= cleaned.length;
      return cleaned;
    }
    if (typeof value === 'bigint' || typeof value === 'symbol') return String(value);
    if (typeof value !== 'object' || value === null) return value;
    if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString();
    if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) return '[bytes]';
    if (depth >= maxDepth || budget.left <= 0) return '…';
    if (Array.isArray(value)) return value.slice(0, maxEntries).map((item) => clean(item, depth + 1, budget));
    const cleaned: Record<string, unknown> = {};
    for (const [name, item] of entriesOf(value).slice(0, maxEntries)) {
      const { written, isSecret } = judge(name);
      const isHidden = isSecret && item !== null && item !== undefined;
      cleaned[written] = isHidden ? '***' : clean(item, depth + 1, budget);
    }
    return cleaned;
  }

  return {
    text,
    hide,
    fields: (value) => clean(value, 0, { left: maxLineLength }) as Record<string, unknown>,
  };
}

function entriesOf(value: object): [string, unknown][] {
  if (!(value instanceof Error)) return Object.entries(value);
  const { name, message, stack, cause } = value;
  const code = 'code' in value ? value.code : undefined;
  return Object.entries({ name, code, message, stack, cause }).filter(([, part]) => part !== undefined);
}
