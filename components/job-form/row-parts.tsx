'use client';

import { clsx } from 'clsx';
import { Plus, X } from 'lucide-react';
import { type ClipboardEvent, memo, type ReactNode } from 'react';
import { Button } from '@/components/ui/button';
import { control, Field } from '@/components/ui/field';
import { useText } from '@/lib/i18n/text-context';
import { useControl, useField } from './fields';
import type { useRows } from './use-rows';

type Rows = ReturnType<typeof useRows>;

/** Pasted lines become rows after this one; a row that is still blank gives way to them. One line is pasted as usual. */
export function pasteRows<R>(
  event: ClipboardEvent<HTMLInputElement>,
  parse: (text: string) => R[],
  rows: Rows,
  { index, isBlank, oneLine = /^$/ }: { index: number; isBlank: boolean; oneLine?: RegExp },
) {
  const text = event.clipboardData.getData('text').trim();
  if (!/\r?\n/.test(text) && !oneLine.test(text)) return;
  event.preventDefault();
  const added = parse(text).map((row) => ({ ...row, rest: {} }));
  if (isBlank) rows.drop(index);
  rows.insert(isBlank ? index : index + 1, added);
}

export function RowsFrame(props: { name: string; rows: Rows; blank: object; children: ReactNode }) {
  const { t } = useText();
  const { label, aside, hint, error } = useField(props.name);
  return (
    <fieldset id={props.name} tabIndex={-1} className="min-w-0 space-y-2">
      <legend className="mb-1 flex flex-wrap items-baseline gap-x-2">
        <span className="font-medium">{label}</span> {aside}
      </legend>
      {hint && <p className="text-muted text-sm">{hint}</p>}
      {error && <p className="text-bad text-sm">{error}</p>}
      {props.children}
      <Button
        small
        onClick={() => props.rows.append(props.blank)}
        aria-label={`${t('form.row.add')}: ${label}`}
      >
        <Plus aria-hidden size={15} />
        {t('form.row.add')}
      </Button>
    </fieldset>
  );
}

export function RemoveRow({ index, onRemove }: { index: number; onRemove: (index: number) => void }) {
  const { t } = useText();
  const label = t('form.row.remove', { number: index + 1 });
  return (
    <Button look="quiet" icon aria-label={label} title={label} onClick={() => onRemove(index)}>
      <X aria-hidden size={16} />
    </Button>
  );
}

type CellProps = {
  name: string;
  label: string;
  placeholder: string | undefined;
  area?: boolean;
  onPaste?: (event: ClipboardEvent<HTMLInputElement>) => void;
};

/** A text area where a value may hold line breaks, which an input would drop. */
export const Cell = memo(function Cell({ name, label, placeholder, area, onPaste }: CellProps) {
  const { error } = useField(name);
  const registered = useControl(name);
  const common = {
    ...registered,
    placeholder,
    spellCheck: false,
    autoComplete: 'off',
    className: clsx(control, 'font-mono text-sm', area && 'field-sizing-content block resize-none'),
  };
  return (
    <Field id={name} label={label} error={error} bare className="flex-1">
      {(aria) =>
        area ? (
          <textarea rows={1} {...common} {...aria} />
        ) : (
          <input type="text" {...common} {...aria} {...(onPaste ? { onPaste } : {})} />
        )
      }
    </Field>
  );
});
