'use client';

import { useText } from '@/lib/i18n/text-context';
import type { Problem } from '@/lib/problem';
import type { CodeEntry, LocalActions } from '@/lib/query/local-entries';
import type { Result } from '@/lib/result';
import { EntrySection, textOf } from './entry-section';

type Props = { found: Result<CodeEntry[], Problem> } & Pick<LocalActions, 'addCode' | 'removeEntry'>;

export function CodeSources({ found, addCode, removeEntry }: Props) {
  const { t } = useText();
  return (
    <EntrySection
      kind="code"
      found={found}
      removeEntry={removeEntry}
      toLine={({ id, name, repository, mountPath, branch, commit }) => ({
        id,
        name,
        copy: { name: 'CodeSourceId', value: id },
        children: (
          <>
            <code>{repository}</code> → <code>{mountPath}</code>{' '}
            <span className="text-muted">{[branch, commit].filter(Boolean).join(' @ ')}</span>
          </>
        ),
      })}
      add={(given) =>
        addCode({
          name: textOf(given, 'name'),
          repository: textOf(given, 'repository'),
          mountPath: textOf(given, 'mountPath'),
          branch: textOf(given, 'branch'),
          commit: textOf(given, 'commit'),
          userName: textOf(given, 'userName'),
          token: textOf(given, 'token'),
        })
      }
      fields={[
        { name: 'name', wireName: 'DisplayName', label: t('local.name'), required: true },
        {
          name: 'repository',
          wireName: 'CodeRepo',
          label: t('local.repository'),
          hint: t('local.repository.hint'),
          required: true,
        },
        {
          name: 'mountPath',
          wireName: 'MountPath',
          label: t('local.mountPath'),
          hint: t('local.mountPath.hint'),
          initial: '/root/code',
          required: true,
        },
        { name: 'branch', wireName: 'CodeBranch', label: t('local.branch'), hint: t('local.branch.hint') },
        { name: 'commit', wireName: 'CodeCommit', label: t('local.commit') },
        { name: 'userName', wireName: 'CodeRepoUserName', label: t('local.userName') },
        {
          name: 'token',
          wireName: 'CodeRepoAccessToken',
          label: t('local.token'),
          hint: t('local.token.hint'),
          secret: true,
        },
      ]}
    />
  );
}
