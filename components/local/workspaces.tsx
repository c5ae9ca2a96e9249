'use client';

import { useText } from '@/lib/i18n/text-context';
import type { Problem } from '@/lib/problem';
import type { LocalActions, WorkspaceEntry } from '@/lib/query/local-entries';
import type { Result } from '@/lib/result';
import { EntrySection, textOf } from './entry-section';

type Props = { found: Result<WorkspaceEntry[], Problem> } & Pick<
  LocalActions,
  'addWorkspace' | 'removeEntry'
>;

export function Workspaces({ found, addWorkspace, removeEntry }: Props) {
  const { t } = useText();
  return (
    <EntrySection
      kind="workspace"
      found={found}
      removeEntry={removeEntry}
      toLine={({ id, name, description, isDefault }) => ({
        id,
        name,
        copy: { name: 'WorkspaceId', value: id },
        children: description,
        ...(isDefault ? { stays: t('local.workspace.default') } : {}),
      })}
      add={(given) =>
        addWorkspace({ name: textOf(given, 'name'), description: textOf(given, 'description') })
      }
      fields={[
        { name: 'name', wireName: 'WorkspaceName', label: t('local.name'), required: true },
        { name: 'description', wireName: 'Description', label: t('local.description') },
      ]}
    />
  );
}
