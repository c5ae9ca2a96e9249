import { withMark } from '@/lib/dlc/mark';
import type { Problem } from '@/lib/problem';
import type { Result } from '@/lib/result';
import type { Dlc } from '@/lib/server/dlc';

const retries = 3;

/** What a client without a ledger does: it tries again when it hears of no job. */
export async function naively(
  dlc: Pick<Dlc, 'createJob'>,
  body: Record<string, unknown>,
  id: string,
): Promise<Result<unknown, Problem>> {
  const text = JSON.stringify(withMark(body, id));
  let result = await dlc.createJob(text);
  for (let tries = 0; tries < retries && !result.ok; tries += 1) result = await dlc.createJob(text);
  return result;
}
