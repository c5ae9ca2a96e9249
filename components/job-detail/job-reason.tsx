'use client';

import { Notice } from '@/components/ui/notice';
import type { Job } from '@/lib/dlc/job';
import { toTone } from '@/lib/dlc/status';
import { useText } from '@/lib/i18n/text-context';

/** Why the job is in its status, in the API's own words. */
export function JobReason({ job }: { job: Job }) {
  const { t } = useText();
  const { ReasonCode: code, ReasonMessage: message } = job;
  if (!code && !message) return null;
  const tone = toTone(job.Status);
  const words = (
    <>
      {code && <code className="me-2">{code}</code>}
      {message && <q className="whitespace-pre-wrap">{message}</q>}
    </>
  );
  if (tone !== 'failed')
    return (
      <p className="text-muted [overflow-wrap:anywhere]">
        {t('job.reason')}: {words}
      </p>
    );
  return (
    <Notice tone="bad" title={t('job.failed.title')}>
      <p>{words}</p>
      <p className="text-muted text-sm">{t('job.failed.next')}</p>
    </Notice>
  );
}
