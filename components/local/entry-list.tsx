'use client';

import { Trash2 } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { type ReactNode, useState, useTransition } from 'react';
import { Identifier } from '@/components/job/identifier';
import { ProblemNotice } from '@/components/job/problem-notice';
import { Button } from '@/components/ui/button';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { useText } from '@/lib/i18n/text-context';
import type { Problem } from '@/lib/problem';
import { settleAction } from '@/lib/query/settle-action';
import type { Result } from '@/lib/result';

export type EntryLine = { id: string; name: string; children: ReactNode };

type Props = {
  label: string;
  /** The API's name of the ids. */
  idName: string;
  lines: EntryLine[];
  remove: (id: string) => Promise<Result<null, Problem>>;
};

/** What is registered, each line with its id to be copied into a job and a way to take it out. */
export function EntryList({ label, idName, lines, remove }: Props) {
  const { t } = useText();
  const router = useRouter();
  const [problem, setProblem] = useState<Problem>();
  const [pending, start] = useTransition();
  const removeNow = (id: string) =>
    start(async () => {
      const answer = await settleAction(remove(id));
      // Another tab was faster: what was asked for is so.
      const isGone =
        !answer.ok && answer.problem.kind === 'refused' && answer.problem.api.code === 'NotFound';
      setProblem(answer.ok || isGone ? undefined : answer.problem);
      router.refresh();
    });
  return (
    <div className="space-y-3">
      <ul aria-label={label} className="divide-y divide-line">
        {lines.map(({ id, name, children }) => (
          <li key={id} className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2 py-3 first:pt-0">
            <div className="min-w-0 flex-1 basis-72 space-y-1">
              <p className="font-medium [overflow-wrap:anywhere]">{name}</p>
              <div className="text-sm [overflow-wrap:anywhere]">{children}</div>
              <p className="text-sm">
                <Identifier name={idName} value={id} />
              </p>
            </div>
            <ConfirmDialog
              trigger={
                <Button look="danger" small disabled={pending} aria-label={t('local.remove.of', { name })}>
                  <Trash2 aria-hidden size={14} />
                  {t('local.remove')}
                </Button>
              }
              title={t('local.remove.title', { name })}
              confirm={t('local.remove')}
              onConfirm={() => removeNow(id)}
            >
              <p>{t('local.remove.text')}</p>
            </ConfirmDialog>
          </li>
        ))}
      </ul>
      {problem && <ProblemNotice problem={problem} wrote />}
    </div>
  );
}
