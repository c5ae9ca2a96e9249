'use client';

import { useSearchParams } from 'next/navigation';
import { useEffect, useMemo } from 'react';
import { useInBrowser } from '@/components/ui/use-in-browser';
import { openDraft, type Seed, startDraft } from '@/lib/form/draft-store';
import { isUuid } from '@/lib/form/ids';
import { useText } from '@/lib/i18n/text-context';
import { routes } from '@/lib/routes';
import { JobForm } from './job-form';
import type { SubmitJob } from './use-submit';

export type ComposerProps = { seed: Seed | undefined; submit: SubmitJob; isLocal: boolean };

/** Finds or makes the draft of this address. Drafts live in the browser, so the server shows the frame alone. */
export function JobComposer(props: ComposerProps) {
  const { t } = useText();
  if (!useInBrowser())
    return (
      <p role="status" className="py-16 text-center text-muted">
        {t('form.loading')}
      </p>
    );
  return <OpenedDraft {...props} />;
}

function OpenedDraft({ seed, submit, isLocal }: ComposerProps) {
  const wanted = useSearchParams().get('draft');
  const record = useMemo(() => (isUuid(wanted) ? openDraft(wanted) : startDraft(seed)), [wanted, seed]);
  useEffect(() => {
    if (wanted !== record.id) window.history.replaceState(null, '', routes.draft(record.id));
  }, [wanted, record.id]);
  return <JobForm key={record.id} record={record} submit={submit} isLocal={isLocal} />;
}
