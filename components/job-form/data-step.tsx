'use client';

import { Plus, Trash2 } from 'lucide-react';
import { Button } from '@/components/ui/button';
import { type DataSourceDraft, newDataSource } from '@/lib/dlc/draft';
import { useText } from '@/lib/i18n/text-context';
import { TextField } from './fields';
import { useRows } from './use-rows';

export function DataStep() {
  const { t } = useText();
  const sources = useRows<DataSourceDraft>(
    'DataSources',
    ({ DataSourceId }, index) => DataSourceId || t('form.data.title', { number: index + 1 }),
  );
  return (
    <div className="space-y-4" id="DataSources" tabIndex={-1}>
      {sources.count === 0 && <p className="text-muted">{t('form.data.none')}</p>}
      {sources.draw((index) => (
        <fieldset className="rounded-lg border border-line bg-surface p-4">
          <legend className="sr-only">{t('form.data.title', { number: index + 1 })}</legend>
          <div className="grid gap-4 sm:grid-cols-[1fr_1fr_auto]">
            <TextField name={`DataSources.${index}.DataSourceId`} mono required />
            <TextField name={`DataSources.${index}.MountPath`} mono />
            <Button
              look="quiet"
              className="-mx-3.5 self-start justify-self-start sm:mt-7"
              onClick={() => sources.remove(index)}
              aria-label={t('form.data.remove', { number: index + 1 })}
            >
              <Trash2 aria-hidden size={16} />
              {t('form.container.remove')}
            </Button>
          </div>
        </fieldset>
      ))}
      <Button onClick={() => sources.append(newDataSource())}>
        <Plus aria-hidden size={16} />
        {t('form.data.add')}
      </Button>
    </div>
  );
}
