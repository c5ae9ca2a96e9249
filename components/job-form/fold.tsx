'use client';

import { clsx } from 'clsx';
import type { ReactNode } from 'react';
import { useHasFault } from './form-context';

/** Folded until it is used or holds an error; from then on the reader's hand decides. */
export function Fold(props: {
  title: string;
  isUsed: boolean;
  /** Controls inside, by name or by what their names begin with. */
  names: readonly string[];
  children: ReactNode;
  className?: string;
}) {
  const hasFault = useHasFault(props.names);
  return (
    <details open={props.isUsed || hasFault} className={clsx(props.className)}>
      <summary className="min-h-7 font-medium text-accent">{props.title}</summary>
      <div className="mt-3 space-y-5">{props.children}</div>
    </details>
  );
}
