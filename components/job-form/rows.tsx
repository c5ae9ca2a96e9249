'use client';

import { Plus, X } from 'lucide-react';
import { type ClipboardEvent, memo } from 'react';
import { type FieldValues, type UseFieldArrayReturn, useFieldArray } from 'react-hook-form';
import { Button } from '@/components/ui/button';
import { cn } from '@/components/ui/cn';
import { control, Field } from '@/components/ui/field';
import { parseLines, parseVariableLines } from '@/lib/form/paste';
import { useText } from '@/lib/i18n/text-context';
import { useControl, useField } from './fields';

type Rows = UseFieldArrayReturn<FieldValues, string>;

/** Several pasted lines become several rows; one line is pasted as usual. */
function pasteRows<R>(event: ClipboardEvent, parse: (text: string) => R[], rows: Rows, index: number) {
  const text = event.clipboardData.getData('text');
  if (!/\r?\n/.test(text.trim())) return;
  event.preventDefault();
  const added = parse(text).map((row) => ({ ...row, rest: {} }));
  const input = event.target as HTMLInputElement;
  if (input.value === '') rows.remove(index);
  rows.insert(input.value === '' ? index : index + 1, added);
}

function RowsFrame(props: { name: string; rows: Rows; blank: object; children: React.ReactNode }) {
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

function RemoveRow({ index, onRemove }: { index: number; onRemove: (index: number) => void }) {
  const { t } = useText();
  const label = t('form.row.remove', { number: index + 1 });
  return (
    <Button look="quiet" className="px-2" aria-label={label} title={label} onClick={() => onRemove(index)}>
      <X aria-hidden size={16} />
    </Button>
  );
}

type CellProps = {
  name: string;
  label: string;
  placeholder: string | undefined;
  area?: boolean;
  onPaste?: (event: ClipboardEvent) => void;
};

/** A text area where a value may hold line breaks, which an input would drop. */
const Cell = memo(function Cell({ name, label, placeholder, area, onPaste }: CellProps) {
  const { error } = useField(name);
  const registered = useControl(name);
  const common = {
    ...registered,
    placeholder,
    spellCheck: false,
    autoComplete: 'off',
    className: cn(control, 'font-mono text-sm', area && 'field-sizing-content block resize-none'),
    ...(onPaste ? { onPaste } : {}),
  };
  return (
    <Field id={name} label={label} error={error} bare className="flex-1">
      {(aria) =>
        area ? <textarea rows={1} {...common} {...aria} /> : <input type="text" {...common} {...aria} />
      }
    </Field>
  );
});

/** A list of strings, one a row. */
export function TextRows({ name }: { name: string }) {
  const rows = useFieldArray({ name });
  const { label, placeholder } = useField(name);
  const { t } = useText();
  return (
    <RowsFrame name={name} rows={rows} blank={{ value: '', rest: {} }}>
      {rows.fields.map(({ id }, index) => (
        <div key={id} className="flex items-start gap-1">
          <Cell
            name={`${name}.${index}.value`}
            label={t('form.row.value', { field: label, number: index + 1 })}
            placeholder={placeholder}
            onPaste={(event) =>
              pasteRows(event, (text) => parseLines(text).map((value) => ({ value })), rows, index)
            }
          />
          <RemoveRow index={index} onRemove={rows.remove} />
        </div>
      ))}
    </RowsFrame>
  );
}

/** A map, one entry a row; lines of `KEY=VALUE` pasted into a name become rows. */
export function MapRows({
  name,
  keyName = 'key',
  valueName = 'value',
}: {
  name: string;
  keyName?: string;
  valueName?: string;
}) {
  const rows = useFieldArray({ name });
  const { label } = useField(name);
  const { t } = useText();
  const toRow = ({ key, value }: { key: string; value: string }) => ({ [keyName]: key, [valueName]: value });
  return (
    <RowsFrame name={name} rows={rows} blank={{ [keyName]: '', [valueName]: '', rest: {} }}>
      {rows.fields.map(({ id }, index) => (
        <div
          key={id}
          className="flex items-start gap-1 [contain-intrinsic-size:auto_38px] [content-visibility:auto]"
        >
          <Cell
            name={`${name}.${index}.${keyName}`}
            label={t('form.row.name', { field: label, number: index + 1 })}
            placeholder={t('form.row.key')}
            onPaste={(event) => pasteRows(event, (text) => parseVariableLines(text).map(toRow), rows, index)}
          />
          <Cell
            name={`${name}.${index}.${valueName}`}
            label={t('form.row.value', { field: label, number: index + 1 })}
            placeholder={t('form.row.val')}
            area
          />
          <RemoveRow index={index} onRemove={rows.remove} />
        </div>
      ))}
    </RowsFrame>
  );
}
