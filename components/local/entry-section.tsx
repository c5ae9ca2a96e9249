'use client';

import { RotateCw } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useTransition } from 'react';
import { ProblemNotice } from '@/components/job/problem-notice';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { useText } from '@/lib/i18n/text-context';
import type { Problem } from '@/lib/problem';
import type { EntryKind, LocalActions } from '@/lib/query/local-entries';
import type { Result } from '@/lib/result';
import { AddEntry, type EntryField } from './add-entry';
import { type EntryLine, EntryList } from './entry-list';

type Props<Entry> = {
  kind: EntryKind;
  found: Result<Entry[], Problem>;
  toLine: (entry: Entry) => EntryLine;
  fields: EntryField[];
  add: (given: FormData) => ReturnType<LocalActions['removeEntry']>;
} & Pick<LocalActions, 'removeEntry'>;

/** One kind of what is registered: its entries, or why they could not be read, and a form for one more. */
export function EntrySection<Entry>({ kind, found, toLine, fields, add, removeEntry }: Props<Entry>) {
  const { t } = useText();
  const count = found.ok ? found.value.length : 0;
  return (
    <Card
      title={t(`local.${kind}`)}
      aside={count > 0 && <span className="text-muted text-sm tabular-nums">{count}</span>}
      group
    >
      <div className="space-y-4">
        <p className="max-w-prose text-muted">{t(`local.${kind}.text`)}</p>
        {!found.ok ? (
          <Unread problem={found.problem} />
        ) : count === 0 ? (
          <p className="rounded-md border border-line border-dashed px-4 py-5 text-center">
            {t(`local.${kind}.none`)}
          </p>
        ) : (
          <EntryList
            label={t(`local.${kind}`)}
            warning={t(`local.${kind}.remove`)}
            remove={(id) => removeEntry(kind, id)}
            lines={found.value.map(toLine)}
          />
        )}
        <AddEntry id={kind} title={t(`local.${kind}.add`)} add={add} fields={fields} />
      </div>
    </Card>
  );
}

function Unread({ problem }: { problem: Problem }) {
  const { t } = useText();
  const router = useRouter();
  const [pending, start] = useTransition();
  return (
    <div className="space-y-3">
      <ProblemNotice problem={problem} />
      <Button disabled={pending} onClick={() => start(() => router.refresh())}>
        <RotateCw aria-hidden size={16} />
        {t(pending ? 'loading' : 'retry')}
      </Button>
    </div>
  );
}

/** What was typed into a field, without the blanks around it. */
export function textOf(given: FormData, name: string): string {
  return String(given.get(name) ?? '').trim();
}
