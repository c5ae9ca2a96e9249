'use client';

import { useText } from '@/lib/i18n/text-context';
import type { Problem } from '@/lib/problem';
import type { DataEntry, LocalActions } from '@/lib/query/local-entries';
import type { Result } from '@/lib/result';
import { EntrySection, textOf } from './entry-section';

type Props = { found: Result<DataEntry[], Problem> } & Pick<LocalActions, 'addData' | 'removeEntry'>;

export function DataSources({ found, addData, removeEntry }: Props) {
  const { t } = useText();
  return (
    <EntrySection
      kind="data"
      found={found}
      removeEntry={removeEntry}
      toLine={({ id, name, folder, mountPath, readOnly }) => ({
        id,
        name,
        copy: { name: 'DataSourceId', value: id },
        children: (
          <>
            <code>{folder}</code> → <code>{mountPath}</code>{' '}
            <span className="text-muted">{t(readOnly ? 'local.readOnly' : 'local.readWrite')}</span>
          </>
        ),
      })}
      add={(given) =>
        addData({
          name: textOf(given, 'name'),
          folder: textOf(given, 'folder'),
          mountPath: textOf(given, 'mountPath'),
          readOnly: given.get('readOnly') !== null,
        })
      }
      fields={[
        { name: 'name', wireName: 'Name', label: t('local.name'), required: true },
        {
          name: 'folder',
          wireName: 'Uri',
          label: t('local.folder'),
          hint: t('local.folder.hint'),
          required: true,
        },
        {
          name: 'mountPath',
          wireName: 'Options',
          label: t('local.mountPath'),
          hint: t('local.mountPath.hint'),
          initial: '/root/data',
          required: true,
        },
        { name: 'readOnly', wireName: 'MountAccess', label: t('local.readOnly.choice'), check: true },
      ]}
    />
  );
}
