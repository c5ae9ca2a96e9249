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

export type EntryLine = {
  id: string;
  name: string;
  /** What a job gives to name the entry, by the API's name of the field. */
  copy: { name: string; value: string };
  children?: ReactNode;
  /** Why the entry cannot be taken out. */
  stays?: string;
};

type Props = {
  label: string;
  /** What becomes of jobs that name an entry once it is gone. */
  warning: string;
  lines: EntryLine[];
  remove: (id: string) => Promise<Result<null, Problem>>;
};

const shownAtFirst = 10;

/** What is registered, newest first, each line with what is copied into a job and a way to take it out. */
export function EntryList({ label, warning, lines, remove }: Props) {
  const { t } = useText();
  const router = useRouter();
  const [problem, setProblem] = useState<Problem>();
  const [removing, setRemoving] = useState('');
  const [isWhole, setIsWhole] = useState(false);
  const [pending, start] = useTransition();
  const removeNow = (id: string) => {
    setRemoving(id);
    start(async () => {
      const answer = await settleAction(remove(id));
      // Another tab was faster: what was asked for is so.
      const isGone =
        !answer.ok && answer.problem.kind === 'refused' && answer.problem.api.code === 'NotFound';
      setProblem(answer.ok || isGone ? undefined : answer.problem);
      router.refresh();
    });
  };
  const shown = isWhole ? lines : lines.slice(0, shownAtFirst);
  return (
    <div className="space-y-3">
      <ul aria-label={label} className="divide-y divide-line">
        {shown.map(({ id, name, copy, children, stays }) => (
          <li key={id} className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2 py-3 first:pt-0">
            <div className="min-w-0 flex-1 basis-72 space-y-1">
              <p className="font-medium [overflow-wrap:anywhere]">{name}</p>
              {children && <div className="text-sm [overflow-wrap:anywhere]">{children}</div>}
              <p className="text-sm">
                <Identifier name={copy.name} value={copy.value} />
              </p>
            </div>
            {stays ? (
              <p className="text-muted text-sm">{stays}</p>
            ) : (
              <ConfirmDialog
                trigger={
                  <Button look="danger" small disabled={pending} aria-label={t('local.remove.of', { name })}>
                    <Trash2 aria-hidden size={14} />
                    {t(pending && removing === id ? 'local.removing' : 'local.remove')}
                  </Button>
                }
                title={t('local.remove.title', { name })}
                confirm={t('local.remove')}
                onConfirm={() => removeNow(id)}
              >
                <p>{warning}</p>
              </ConfirmDialog>
            )}
          </li>
        ))}
      </ul>
      {shown.length < lines.length && (
        <Button onClick={() => setIsWhole(true)}>{t('local.showAll', { count: lines.length })}</Button>
      )}
      {problem && <ProblemNotice problem={problem} wrote />}
    </div>
  );
}
