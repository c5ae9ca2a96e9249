'use client';

import { useMemo } from 'react';
// biome-ignore lint/style/noRestrictedImports: the one place that tells the form of what happens to a list
import { type FieldValues, useFieldArray } from 'react-hook-form';
import { useJobForm } from './form-context';

/** A list of the draft whose rows can be added, moved and taken away. */
export function useRows<Row extends FieldValues>(name: string) {
  const { change } = useJobForm();
  const { fields, append, insert, remove, move } = useFieldArray({ name });
  const acts = useMemo(() => {
    const told = (act: () => void) => {
      act();
      change(name);
    };
    return {
      append: (row: Row) => told(() => append(row)),
      insert: (index: number, rows: Row | Row[]) => told(() => insert(index, rows)),
      remove: (index: number) => told(() => remove(index)),
      move: (from: number, to: number) => told(() => move(from, to)),
    };
  }, [name, change, append, insert, remove, move]);
  return { ids: fields.map(({ id }) => id), ...acts };
}
