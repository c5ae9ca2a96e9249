'use client';

import { ProblemNotice } from '@/components/job/problem-notice';
import { Card } from '@/components/ui/card';
import { EmptyState } from '@/components/ui/empty-state';
import { useText } from '@/lib/i18n/text-context';
import type { Problem } from '@/lib/problem';
import type { DataEntry, LocalActions } from '@/lib/query/local-entries';
import type { Result } from '@/lib/result';
import { AddEntry } from './add-entry';
import { EntryList } from './entry-list';

type Props = { found: Result<DataEntry[], Problem> } & Pick<LocalActions, 'addData' | 'removeData'>;

export function DataSources({ found, addData, removeData }: Props) {
  const { t } = useText();
  return (
    <Card title={t('local.data')} group>
      <div className="space-y-4">
        {!found.ok ? (
          <ProblemNotice problem={found.problem} />
        ) : found.value.length === 0 ? (
          <EmptyState title={t('local.data.none')}>
            <p>{t('local.data.none.text')}</p>
          </EmptyState>
        ) : (
          <EntryList
            label={t('local.data')}
            idName="DataSourceId"
            remove={removeData}
            lines={found.value.map((entry) => ({
              id: entry.id,
              name: entry.name,
              children: (
                <>
                  <code>{entry.folder}</code> → <code>{entry.mountPath}</code>{' '}
                  <span className="text-muted">
                    {t(entry.readOnly ? 'local.readOnly' : 'local.readWrite')}
                  </span>
                </>
              ),
            }))}
          />
        )}
        <AddEntry
          id="data"
          title={t('local.data.add')}
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
      </div>
    </Card>
  );
}

export function textOf(given: FormData, name: string): string {
  return String(given.get(name) ?? '').trim();
}
