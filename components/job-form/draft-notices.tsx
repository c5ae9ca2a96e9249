'use client';

import { useState } from 'react';
import { Button, LinkButton } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import { Time } from '@/components/ui/time';
import type { Draft } from '@/lib/dlc/draft';
import { type DraftRecord, discardDraft, listDrafts, newRecord, writeDraft } from '@/lib/form/draft-store';
import { useText } from '@/lib/i18n/text-context';
import { routes } from '@/lib/routes';

/** Where a draft came from, what it became, and which others wait. */
export function DraftNotices({ record, getDraft }: { record: DraftRecord; getDraft: () => Draft }) {
  const { t } = useText();
  const again = () => {
    const copy = { ...newRecord(getDraft()), savedAt: Date.now() };
    writeDraft(copy);
    window.history.pushState(null, '', routes.draft(copy.id));
  };
  return (
    <div className="mb-5 space-y-3 empty:hidden">
      {record.sentAs && (
        <Notice title={t('form.sent.title')}>
          <p>{t('form.sent.job', { jobId: record.sentAs })}</p>
          <div className="flex flex-wrap gap-2">
            <LinkButton small href={routes.job(record.sentAs)}>
              {t('form.sent.open')}
            </LinkButton>
            <Button small onClick={again}>
              {t('form.sent.again')}
            </Button>
          </div>
        </Notice>
      )}
      {record.from && !record.sentAs && <Notice>{t('form.from', { jobId: record.from })}</Notice>}
      {record.savedAt === 0 && <OtherDrafts except={record.id} />}
    </div>
  );
}

function OtherDrafts({ except }: { except: string }) {
  const { t } = useText();
  const [drafts, setDrafts] = useState(() => listDrafts().filter(({ id }) => id !== except));
  if (drafts.length === 0) return null;
  const discard = (id: string) => {
    discardDraft(id);
    setDrafts(drafts.filter((draft) => draft.id !== id));
  };
  return (
    <details className="rounded-lg border border-line bg-surface px-4 py-2.5">
      <summary className="font-medium">
        {t('form.drafts.title')} ({drafts.length})
      </summary>
      <ul className="mt-2 divide-y divide-line">
        {drafts.map(({ id, draft, savedAt }) => {
          const name = draft.DisplayName || t('form.drafts.unnamed');
          return (
            <li key={id} className="flex flex-wrap items-center gap-x-3 gap-y-1 py-1.5">
              <span className="min-w-0 flex-1 truncate font-medium">{name}</span>
              <span className="text-muted text-sm">
                {draft.JobType} · <Time value={new Date(savedAt).toISOString()} />
              </span>
              <LinkButton
                small
                href={routes.draft(id)}
                prefetch={false}
                aria-label={t('form.drafts.openOf', { name })}
              >
                {t('form.drafts.open')}
              </LinkButton>
              <Button
                small
                look="quiet"
                onClick={() => discard(id)}
                aria-label={t('form.drafts.discardOf', { name })}
              >
                {t('form.drafts.discard')}
              </Button>
            </li>
          );
        })}
      </ul>
    </details>
  );
}
