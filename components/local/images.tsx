'use client';

import { useText } from '@/lib/i18n/text-context';
import type { Problem } from '@/lib/problem';
import type { ImageEntry, LocalActions } from '@/lib/query/local-entries';
import type { Result } from '@/lib/result';
import { EntrySection, textOf } from './entry-section';

type Props = { found: Result<ImageEntry[], Problem> } & Pick<LocalActions, 'addImage' | 'removeEntry'>;

/** A job names an image by its address, so that is what can be copied. */
export function Images({ found, addImage, removeEntry }: Props) {
  const { t } = useText();
  return (
    <EntrySection
      kind="image"
      found={found}
      removeEntry={removeEntry}
      toLine={({ id, name, address, description }) => ({
        id,
        name,
        copy: { name: 'Image', value: address },
        children: description,
      })}
      add={(given) =>
        addImage({
          name: textOf(given, 'name'),
          address: textOf(given, 'address'),
          description: textOf(given, 'description'),
        })
      }
      fields={[
        { name: 'name', wireName: 'Name', label: t('local.name'), required: true },
        {
          name: 'address',
          wireName: 'ImageUri',
          label: t('local.address'),
          hint: t('local.address.hint'),
          required: true,
        },
        { name: 'description', wireName: 'Description', label: t('local.description') },
      ]}
    />
  );
}
