'use client';

import { ProblemNotice } from '@/components/job/problem-notice';
import { Card } from '@/components/ui/card';
import { EmptyState } from '@/components/ui/empty-state';
import { useText } from '@/lib/i18n/text-context';
import type { Problem } from '@/lib/problem';
import type { CodeEntry, LocalActions } from '@/lib/query/local-entries';
import type { Result } from '@/lib/result';
import { AddEntry } from './add-entry';
import { textOf } from './data-sources';
import { EntryList } from './entry-list';

type Props = { found: Result<CodeEntry[], Problem> } & Pick<LocalActions, 'addCode' | 'removeCode'>;

export function CodeSources({ found, addCode, removeCode }: Props) {
  const { t } = useText();
  return (
    <Card title={t('local.code')} group>
      <div className="space-y-4">
        {!found.ok ? (
          <ProblemNotice problem={found.problem} />
        ) : found.value.length === 0 ? (
          <EmptyState title={t('local.code.none')}>
            <p>{t('local.code.none.text')}</p>
          </EmptyState>
        ) : (
          <EntryList
            label={t('local.code')}
            idName="CodeSourceId"
            remove={removeCode}
            lines={found.value.map((entry) => ({
              id: entry.id,
              name: entry.name,
              children: (
                <>
                  <code>{entry.repository}</code> → <code>{entry.mountPath}</code>{' '}
                  <span className="text-muted">
                    {[entry.branch, entry.commit].filter(Boolean).join(' @ ')}
                  </span>
                </>
              ),
            }))}
          />
        )}
        <AddEntry
          id="code"
          title={t('local.code.add')}
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
            {
              name: 'branch',
              wireName: 'CodeBranch',
              label: t('local.branch'),
              hint: t('local.branch.hint'),
            },
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
      </div>
    </Card>
  );
}
