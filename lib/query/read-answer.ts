import type { Problem } from '@/lib/problem';
import type { Result } from '@/lib/result';

/** An expected failure of a reading, thrown so that TanStack Query keeps what was known before it. */
export class ReadingFailed extends Error {
  constructor(readonly problem: Problem) {
    super(problem.kind);
  }
}

/** Asks one of our GET handlers. Any other error than ReadingFailed means that Jobwright itself did not answer. */
export async function readAnswer<T>(path: string, signal: AbortSignal): Promise<T> {
  const response = await fetch(path, { signal, headers: { accept: 'application/json' } });
  // Our own handler answers nothing else; a foreign answer fails here or at `ok`.
  const answer = (await response.json()) as Result<T, Problem>;
  if (answer.ok) return answer.value;
  throw answer.problem ? new ReadingFailed(answer.problem) : new Error(`status ${response.status}`);
}
