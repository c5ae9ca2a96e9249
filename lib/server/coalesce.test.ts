import { describe, expect, it } from 'vitest';
import { fail, ok, type Result } from '@/lib/result';
import { newCoalescer } from './coalesce';

function stage(options: { failureAgeMs?: number; maxEntries?: number } = {}) {
  let time = 0;
  let asked = 0;
  const { coalesce, forget } = newCoalescer({ now: () => time, ...options });
  const ask = (key: string[], maxAgeMs = 100, works = true) =>
    coalesce(key, maxAgeMs, async (): Promise<Result<number, string>> => {
      asked += 1;
      return works ? ok(asked) : fail('no');
    });
  return { ask, coalesce, forget, pass: (ms: number) => (time += ms), count: () => asked };
}

describe('coalesce', () => {
  it('asks once for all who ask at the same time', async () => {
    const { ask, count } = stage();
    const answers = await Promise.all([ask(['a']), ask(['a']), ask(['a'])]);
    expect(answers).toEqual([ok(1), ok(1), ok(1)]);
    expect(count()).toBe(1);
  });

  it('uses an answer until its age is reached, counted from when it came', async () => {
    const { ask, pass } = stage();
    await ask(['a']);
    pass(99);
    expect(await ask(['a'])).toEqual(ok(1));
    pass(1);
    expect(await ask(['a'])).toEqual(ok(2));
  });

  it('keeps a failure for a shorter time', async () => {
    const { ask, pass } = stage({ failureAgeMs: 10 });
    await ask(['a'], 100, false);
    pass(9);
    expect(await ask(['a'])).toEqual(fail('no'));
    pass(1);
    expect(await ask(['a'])).toEqual(ok(2));
  });

  it('tells keys apart whose parts join to the same text', async () => {
    const { ask, count } = stage();
    await Promise.all([ask(['a', 'b']), ask(['a,b']), ask(['ab'])]);
    expect(count()).toBe(3);
  });

  it('does not keep a thrown error', async () => {
    const { ask, coalesce } = stage();
    const broken = coalesce(['a'], 100, () => Promise.reject(new Error('bug')));
    await expect(broken).rejects.toThrow('bug');
    expect(await ask(['a'])).toEqual(ok(1));
  });

  it('drops the oldest beyond its size', async () => {
    const { ask, count } = stage({ maxEntries: 2 });
    for (const name of ['a', 'b', 'c', 'c', 'b']) await ask([name]);
    expect(count()).toBe(3);
    await ask(['a']);
    expect(count()).toBe(4);
  });

  it('forgets what lies under a key, also what is under way', async () => {
    const { ask, forget, count } = stage();
    const pending = ask(['me', 'job', 'dlc1']);
    await ask(['me', 'job-list']);
    forget(['me', 'job']);
    await pending;
    expect(await ask(['me', 'job', 'dlc1'])).toEqual(ok(3));
    await ask(['me', 'job-list']);
    expect(count()).toBe(3);
  });
});
