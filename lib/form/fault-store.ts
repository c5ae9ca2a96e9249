import type { Fault } from '@/lib/problem';
import type { NamedFaults } from './check-draft';

/**
 * The faults of the form, outside React, so that a keystroke renders nothing and a check renders only the controls
 * whose fault changed. A fault is kept quiet until its control was left or the person asked to submit.
 */
export type FaultStore = ReturnType<typeof newFaultStore>;

export function newFaultStore() {
  let faults: NamedFaults = new Map();
  let refused: NamedFaults = new Map();
  let showAll = false;
  const left = new Set<string>();
  const listeners = new Set<() => void>();
  const notify = () => {
    for (const listener of listeners) listener();
  };
  return {
    subscribe(listener: () => void) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    /** The newest check. Equal faults keep their identity, so that nothing renders for them. */
    set(next: NamedFaults) {
      faults = new Map(
        [...next].map(([name, fault]) => {
          const before = faults.get(name);
          return [name, before && JSON.stringify(before) === JSON.stringify(fault) ? before : fault];
        }),
      );
      notify();
    },
    /** What the API refused; each goes when its control is changed. */
    setRefused(next: NamedFaults) {
      refused = next;
      showAll = true;
      notify();
    },
    /** The control's value changed: what the API said of the old one no longer holds. */
    forgive(name: string) {
      if (refused.delete(name)) notify();
    },
    leave(name: string) {
      if (left.has(name)) return;
      left.add(name);
      notify();
    },
    revealAll() {
      showAll = true;
      notify();
    },
    isRevealed: () => showAll,
    visible: (name: string): Fault | undefined =>
      refused.get(name) ?? (showAll || left.has(name) ? faults.get(name) : undefined),
    all: () => faults,
  };
}
