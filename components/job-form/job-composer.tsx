'use client';

import { useSearchParams } from 'next/navigation';
import { useEffect, useMemo } from 'react';
import { useInBrowser } from '@/components/ui/use-in-browser';
import { newDraft } from '@/lib/dlc/draft';
import { type DraftRecord, openDraft, type Seed, startDraft } from '@/lib/form/draft-store';
import { isUuid } from '@/lib/form/ids';
import { useText } from '@/lib/i18n/text-context';
import { routes } from '@/lib/routes';
import { JobForm } from './job-form';
import type { SubmitJob } from './use-submit';

export type ComposerProps = { seed: Seed | undefined; submit: SubmitJob; isLocal: boolean };

/** Stands on the page until it wakes up; never kept and never sent. */
const placeholder: DraftRecord = { version: 1, id: '', submissionId: '', draft: newDraft(), savedAt: 0 };

/**
 * Finds or makes the draft of this address. Drafts live in the browser: the server draws a new one's form, which
 * takes no input until it is the real one, and for a kept one the frame alone.
 */
export function JobComposer(props: ComposerProps) {
  const { t } = useText();
  const isKept = useSearchParams().get('draft') !== null || props.seed !== undefined;
  if (useInBrowser()) return <OpenedDraft {...props} />;
  if (isKept)
    return (
      <p role="status" className="py-16 text-center text-muted">
        {t('form.loading')}
      </p>
    );
  return (
    <div inert>
      <JobForm record={placeholder} submit={props.submit} isLocal={props.isLocal} isPreview />
    </div>
  );
}

function OpenedDraft({ seed, submit, isLocal }: ComposerProps) {
  const wanted = useSearchParams().get('draft');
  const record = useMemo(() => (isUuid(wanted) ? openDraft(wanted) : startDraft(seed)), [wanted, seed]);
  useEffect(() => {
    if (wanted !== record.id) window.history.replaceState(null, '', routes.draft(record.id));
  }, [wanted, record.id]);
  return <JobForm key={record.id} record={record} submit={submit} isLocal={isLocal} />;
}
