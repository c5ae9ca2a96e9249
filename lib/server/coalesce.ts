import 'server-only';
import type { Result } from '@/lib/result';

type Options = {
  now?: () => number;
  /** How long a failure stands in for the next answer, at most. */
  failureAgeMs?: number;
  maxEntries?: number;
};

type Entry = { answer: Promise<Result<unknown, unknown>>; settledAt: number | undefined; failed: boolean };

/**
 * One question to the DLC for however many people ask it: those who ask while it is under way share the answer, and
 * it stands for `maxAgeMs` after it came. The key says everything the answer depends on, the identity included.
 */
export function newCoalescer({ now = Date.now, failureAgeMs = 1000, maxEntries = 500 }: Options = {}) {
  const entries = new Map<string, Entry>();

  function isFresh(entry: Entry, maxAgeMs: number): boolean {
    if (entry.settledAt === undefined) return true;
    return now() - entry.settledAt < (entry.failed ? Math.min(failureAgeMs, maxAgeMs) : maxAgeMs);
  }

  /** Those who wait for a dropped entry still get its answer. */
  function dropOldest() {
    for (const key of entries.keys()) {
      if (entries.size < maxEntries) return;
      entries.delete(key);
    }
  }

  function coalesce<R extends Result<unknown, unknown>>(
    key: readonly string[],
    maxAgeMs: number,
    run: () => Promise<R>,
  ): Promise<R> {
    const name = JSON.stringify(key);
    const known = entries.get(name);
    // One key is always asked with one `run`, so the stored answer has its type.
    if (known && isFresh(known, maxAgeMs)) return known.answer as Promise<R>;
    entries.delete(name);
    dropOldest();
    const answer = run();
    const entry: Entry = { answer, settledAt: undefined, failed: false };
    entries.set(name, entry);
    answer.then(
      (result) => {
        entry.settledAt = now();
        entry.failed = !result.ok;
      },
      () => {
        if (entries.get(name) === entry) entries.delete(name);
      },
    );
    return answer;
  }

  /** After a write: the next question about anything under this key is asked anew. */
  function forget(prefix: readonly string[]) {
    const start = JSON.stringify(prefix).slice(0, -1);
    for (const name of entries.keys()) {
      if (name === `${start}]` || name.startsWith(`${start},`)) entries.delete(name);
    }
  }

  return { coalesce, forget };
}

export type Coalescer = ReturnType<typeof newCoalescer>;
