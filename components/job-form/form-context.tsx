'use client';

import { createContext, useContext, useSyncExternalStore } from 'react';
import type { FaultStore } from '@/lib/form/fault-store';
import type { Fault } from '@/lib/problem';

type FormContextValue = {
  faults: FaultStore;
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
