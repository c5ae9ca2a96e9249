import type { Draft } from '@/lib/dlc/draft';
import { type DraftRecord, writeDraft } from './draft-store';

const restMs = 300;

export type SavedState = { savedAt: number; refused: boolean };
export type Autosave = ReturnType<typeof newAutosave>;

/** Keeps a draft whenever typing rests, and at once when the page is left. `onRest` runs with each rest. */
export function newAutosave(start: DraftRecord, onRest: (draft: Draft) => void) {
  let record = start;
  let state: SavedState = { savedAt: start.savedAt, refused: false };
  let timer: ReturnType<typeof setTimeout> | undefined;
  let pending: Draft | undefined;
  const listeners = new Set<() => void>();

  const write = (change: Partial<DraftRecord>) => {
    record = { ...record, ...change, savedAt: Date.now() };
    state = { savedAt: record.savedAt, refused: !writeDraft(record) };
    for (const listener of listeners) listener();
  };
  const flush = () => {
    clearTimeout(timer);
    if (!pending) return;
    const draft = pending;
    pending = undefined;
    // Equal to what is kept: written again, two tabs would answer each other for ever.
    if (JSON.stringify(draft) !== JSON.stringify(record.draft)) write({ draft });
    // In a task of its own: keeping and checking together would hold up the next keystroke.
    setTimeout(() => onRest(draft));
  };
  return {
    schedule(draft: Draft) {
      pending = draft;
      clearTimeout(timer);
      timer = setTimeout(flush, restMs);
    },
    flush,
    write,
    /** Another tab kept a newer version. Taken over unless something typed here waits to be kept. */
    adopt(other: DraftRecord): boolean {
      if (pending) return false;
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
