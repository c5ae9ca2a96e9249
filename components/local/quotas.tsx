'use client';

import { useText } from '@/lib/i18n/text-context';
import type { Problem } from '@/lib/problem';
import type { LocalActions, QuotaEntry } from '@/lib/query/local-entries';
import type { Result } from '@/lib/result';
import { EntrySection, textOf } from './entry-section';

type Props = { found: Result<QuotaEntry[], Problem> } & Pick<LocalActions, 'addQuota' | 'removeEntry'>;

export function Quotas({ found, addQuota, removeEntry }: Props) {
  const { t } = useText();
  return (
    <EntrySection
      kind="quota"
      found={found}
      removeEntry={removeEntry}
      toLine={({ id, name }) => ({ id, name, copy: { name: 'ResourceId', value: id } })}
      add={(given) => addQuota({ name: textOf(given, 'name') })}
      fields={[{ name: 'name', wireName: 'Name', label: t('local.name'), required: true }]}
    />
  );
}
