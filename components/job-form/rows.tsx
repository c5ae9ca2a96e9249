'use client';

import { useFormContext } from 'react-hook-form';
import { parseLines, parseVariableLines } from '@/lib/form/paste';
import { useText } from '@/lib/i18n/text-context';
import { useField } from './fields';
import { MoveButtons, moveByKey } from './move-buttons';
import { Cell, pasteRows, RemoveRow, RowsFrame } from './row-parts';
import { useRows } from './use-rows';

/** A list of strings, one a row. */
export function TextRows({ name }: { name: string }) {
  const { t } = useText();
  const rows = useRows(name, ({ value }, index) => value || t('form.row.title', { number: index + 1 }));
  const { label, placeholder } = useField(name);
  const at = (index: number) => ({ index, count: rows.count, move: rows.move });
  return (
    <RowsFrame name={name} rows={rows} blank={{ value: '', rest: {} }}>
      {rows.draw((index) => (
        // biome-ignore lint/a11y/noStaticElementInteractions: the keys come from the controls inside
        <div className="flex items-start gap-1" onKeyDown={(event) => moveByKey(event, at(index))}>
          <Cell
            name={`${name}.${index}.value`}
            label={t('form.row.value', { field: label, number: index + 1 })}
            placeholder={placeholder}
            onPaste={(event) =>
              pasteRows(event, (text) => parseLines(text).map((value) => ({ value })), rows, {
                index,
                isBlank: event.currentTarget.value === '',
              })
            }
          />
          <MoveButtons
            place={at(index)}
            up={t('form.row.up', { number: index + 1 })}
            down={t('form.row.down', { number: index + 1 })}
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
  const { t } = useText();
  const rows = useRows(name, (row, index) => row[keyName] || t('form.row.title', { number: index + 1 }));
  const { label } = useField(name);
  const { getValues } = useFormContext();
  const toRow = ({ key, value }: { key: string; value: string }) => ({ [keyName]: key, [valueName]: value });
  return (
    <RowsFrame name={name} rows={rows} blank={{ [keyName]: '', [valueName]: '', rest: {} }}>
      {rows.draw((index) => (
        <div className="flex items-start gap-1 -mx-1 -mt-1 mb-1 p-1 [contain-intrinsic-size:auto_46px] [content-visibility:auto]">
          <Cell
            name={`${name}.${index}.${keyName}`}
            label={t('form.row.name', { field: label, number: index + 1 })}
            placeholder={t('form.row.key')}
            onPaste={(event) =>
              pasteRows(event, (text) => parseVariableLines(text).map(toRow), rows, {
                index,
                isBlank:
                  event.currentTarget.value === '' && getValues(`${name}.${index}.${valueName}`) === '',
                oneLine: /^(export\s+)?[A-Za-z_]\w*\s*=/,
              })
            }
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
