/** An expected outcome: failures a person can meet are values, never exceptions. */
export type Result<T, E> = { ok: true; value: T } | { ok: false; problem: E };

export function ok<T>(value: T): Result<T, never> {
  return { ok: true, value };
}

export function fail<E>(problem: E): Result<never, E> {
  return { ok: false, problem };
}
