'use client';

import { createContext, useContext, useSyncExternalStore } from 'react';
import type { Draft } from '@/lib/dlc/draft';
import type { Autosave } from '@/lib/form/autosave';
import type { FaultStore } from '@/lib/form/fault-store';
import type { Fault } from '@/lib/problem';

type FormContextValue = {
  faults: FaultStore;
  autosave: Autosave;
  /** What this control or list holds was changed: by typing, or by an act of ours. */
  change: (name: string) => void;
  /** A control was left, or its value settled: its fault may speak. */
  leave: (name: string) => void;
};

const FormContext = createContext<FormContextValue | undefined>(undefined);
export const FormContextProvider = FormContext.Provider;

export function useJobForm(): FormContextValue {
  const value = useContext(FormContext);
  if (!value) throw new Error('The control stands outside the job form');
  return value;
}

const none = () => undefined;

/** The fault a control should show now. */
export function useFault(name: string): Fault | undefined {
  const { faults } = useJobForm();
  return useSyncExternalStore(faults.subscribe, () => faults.visible(name), none);
}

/** The draft as of the last rest in typing: for what is derived from all of it, without a render per keystroke. */
export function useSettledDraft(): Draft {
  const { autosave } = useJobForm();
  return useSyncExternalStore(autosave.subscribe, autosave.draft, autosave.draft);
}

/** Whether one of these controls, or one below them, shows a fault now. */
export function useHasFault(names: readonly string[]): boolean {
  const { faults } = useJobForm();
  const look = () =>
    [...faults.all().keys()].some(
      (name) => names.some((above) => name === above || name.startsWith(`${above}.`)) && faults.visible(name),
    );
  return useSyncExternalStore(faults.subscribe, look, () => false);
}
