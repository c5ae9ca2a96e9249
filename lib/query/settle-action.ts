import type { Problem } from '@/lib/problem';
import { fail, type Result } from '@/lib/result';

/** A server action's answer; where none comes back, it may or may not have been carried out. */
export async function settleAction<T>(answer: Promise<Result<T, Problem>>): Promise<Result<T, Problem>> {
  try {
    return await answer;
  } catch {
    return fail({ kind: 'unconfirmed', reason: 'reset' });
  }
}
