'use client';

import { Fragment, type ReactNode, useMemo, useState } from 'react';
// biome-ignore lint/style/noRestrictedImports: the one place that tells the form of what happens to a list
import { type FieldValues, useFieldArray, useFormContext } from 'react-hook-form';
import { useText } from '@/lib/i18n/text-context';
import { useJobForm } from './form-context';
import { UndoLine } from './undo-line';

/** A list of the draft. What is removed can be brought back to its place; `nameOf` tells people which row it was. */
export function useRows<Row extends FieldValues>(name: string, nameOf: (row: Row, index: number) => string) {
  const { t } = useText();
  const { change } = useJobForm();
  const { getValues } = useFormContext();
  const { fields, append, insert, remove, move } = useFieldArray({ name });
  const [gone, setGone] = useState<{ row: Row; at: number; key: number }>();
  const acts = useMemo(() => {
    const told = (act: () => void) => {
      act();
      change(name);
    };
    return {
      append: (row: Row) => told(() => append(row)),
      insert: (index: number, rows: Row | Row[]) => told(() => insert(index, rows)),
      move: (from: number, to: number) => told(() => move(from, to)),
      remove: (index: number) => {
        const row = structuredClone(getValues(`${name}.${index}`));
        setGone((last) => ({ row, at: index, key: (last?.key ?? 0) + 1 }));
        told(() => remove(index));
      },
      /** Without a way back: for a row that others take the place of. */
      drop: (index: number) => told(() => remove(index)),
    };
  }, [name, change, getValues, append, insert, remove, move]);
  const undo = () => {
    if (!gone) return;
    acts.insert(Math.min(gone.at, fields.length), gone.row);
    setGone(undefined);
  };
  const undoAt = (index: number) =>
    gone?.at === index && (
      <UndoLine key={gone.key} text={t('form.removed', { what: nameOf(gone.row, gone.at) })} onUndo={undo} />
    );
  return {
    ...acts,
    count: fields.length,
    draw: (row: (index: number) => ReactNode) => [
      ...fields.map(({ id }, index) => (
        <Fragment key={id}>
          {undoAt(index)}
          {row(index)}
        </Fragment>
      )),
      undoAt(fields.length),
    ],
  };
}
