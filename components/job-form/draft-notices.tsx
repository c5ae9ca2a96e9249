'use client';

import { Fragment, type Ref, useState } from 'react';
import { Button, LinkButton } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import { Time } from '@/components/ui/time';
import type { Draft } from '@/lib/dlc/draft';
import {
  type DraftRecord,
  discardDraft,
  listDrafts,
  newRecord,
  readDraft,
  writeDraft,
} from '@/lib/form/draft-store';
import { useText } from '@/lib/i18n/text-context';
import { routes } from '@/lib/routes';
import { focusOnArrival, UndoLine } from './undo-line';

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
  const list = () => listDrafts().filter(({ id }) => id !== except);
  const [drafts, setDrafts] = useState(list);
  const [gone, setGone] = useState<{ record: DraftRecord; at: number }>();
  const [restored, setRestored] = useState<string>();
  if (drafts.length === 0 && !gone) return null;
  const discard = (id: string, at: number) => {
    const record = readDraft(id);
    discardDraft(id);
    setGone(record && { record, at });
    setDrafts(list());
  };
  const undo = () => {
    if (!gone) return;
    writeDraft(gone.record);
    setRestored(gone.record.id);
    setGone(undefined);
    setDrafts(list());
  };
  const nameOf = ({ draft }: DraftRecord) => draft.DisplayName || t('form.drafts.unnamed');
  const undoAt = (index: number) =>
    gone?.at === index && (
      <li key={gone.record.id} className="py-1.5">
        <UndoLine text={t('form.drafts.discarded', { name: nameOf(gone.record) })} onUndo={undo} />
      </li>
    );
  return (
    <details className="rounded-lg border border-line bg-surface px-4 py-2.5">
      <summary className="font-medium">
        {t('form.drafts.title')} ({drafts.length})
      </summary>
      <ul className="mt-2 divide-y divide-line">
        {drafts.map((record, index) => (
          <Fragment key={record.id}>
            {undoAt(index)}
            <OtherDraft
              record={record}
              name={nameOf(record)}
              linkRef={record.id === restored ? focusOnArrival : undefined}
              onDiscard={() => discard(record.id, index)}
            />
          </Fragment>
        ))}
        {undoAt(drafts.length)}
      </ul>
    </details>
  );
}

function OtherDraft(props: {
  record: DraftRecord;
  name: string;
  linkRef: Ref<HTMLAnchorElement> | undefined;
  onDiscard: () => void;
}) {
  const { t } = useText();
  const { name, record } = props;
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1 py-1.5">
      <span className="min-w-0 flex-1 truncate font-medium">{name}</span>
      <span className="text-muted text-sm">
        {record.draft.JobType} · <Time value={new Date(record.savedAt).toISOString()} />
      </span>
      <LinkButton
        small
        ref={props.linkRef}
        href={routes.draft(record.id)}
        prefetch={false}
        aria-label={t('form.drafts.openOf', { name })}
      >
        {t('form.drafts.open')}
      </LinkButton>
      <Button small look="quiet" onClick={props.onDiscard} aria-label={t('form.drafts.discardOf', { name })}>
        {t('form.drafts.discard')}
      </Button>
    </li>
  );
}
