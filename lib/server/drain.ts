import 'server-only';
import { setTimeout as pause } from 'node:timers/promises';

type State = { pending: Set<Promise<unknown>>; draining: boolean };

const key = Symbol.for('jobwright.drain');

// Shared by Next's bundles: actions are tracked in one, the signal arrives in another.
const shared = globalThis as { [key]?: State };

function state(): State {
  shared[key] ??= { pending: new Set(), draining: false };
  return shared[key];
}

export function isDraining(): boolean {
  return state().draining;
}

/** Work that a stop waits for. */
export function track<T>(work: Promise<T>): Promise<T> {
  const { pending } = state();
  const done: Promise<void> = work.then(
    () => {},
    () => {},
  );
  pending.add(done);
  done.then(() => pending.delete(done));
  return work;
}

/** From now on writes are refused; waits for those under way, at most this long. */
export async function drain(maxMs: number): Promise<void> {
  const { pending } = state();
  state().draining = true;
  await Promise.race([Promise.all(pending), pause(maxMs, undefined, { ref: false })]);
}
