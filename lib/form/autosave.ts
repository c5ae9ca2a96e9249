import type { Draft } from '@/lib/dlc/draft';
import { type DraftRecord, writeDraft } from './draft-store';

const restMs = 300;

export type SavedState = { savedAt: number; refused: boolean };
export type Autosave = ReturnType<typeof newAutosave>;

/**
 * Keeps a draft whenever typing rests, and at once when the page is left. `getDraft` is asked then, and not with each
 * key; what it hands out may go on changing. `onRest` runs with each rest.
 */
export function newAutosave(start: DraftRecord, getDraft: () => Draft, onRest: (draft: Draft) => void) {
  let record = start;
  let state: SavedState = { savedAt: start.savedAt, refused: false };
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isPending = false;
  const listeners = new Set<() => void>();

  const write = (change: Partial<DraftRecord>) => {
    record = { ...record, ...change, savedAt: Date.now() };
    state = { savedAt: record.savedAt, refused: !writeDraft(record) };
    for (const listener of listeners) listener();
  };
  const flush = () => {
    clearTimeout(timer);
    if (!isPending) return;
    isPending = false;
    const draft = structuredClone(getDraft());
    // Equal to what is kept: written again, two tabs would answer each other for ever.
    if (JSON.stringify(draft) !== JSON.stringify(record.draft)) write({ draft });
    // In a task of its own: keeping and checking together would hold up the next keystroke.
    setTimeout(() => onRest(draft));
  };
  return {
    schedule() {
      isPending = true;
      clearTimeout(timer);
      timer = setTimeout(flush, restMs);
    },
    flush,
    write,
    /** Another tab kept a newer version. Taken over unless something typed here waits to be kept. */
    adopt(other: DraftRecord): boolean {
      if (isPending) return false;
      record = other;
      state = { savedAt: other.savedAt, refused: false };
      for (const listener of listeners) listener();
      return true;
    },
    record: () => record,
    draft: () => record.draft,
    subscribe(listener: () => void) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    state: () => state,
  };
}
