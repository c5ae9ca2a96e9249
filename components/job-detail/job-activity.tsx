'use client';

import { useState } from 'react';
import { ScrollBox } from '@/components/job/scroll-box';
import { StaleNotice } from '@/components/job/stale-notice';
import { useText } from '@/lib/i18n/text-context';
import { jobActivityQuery } from '@/lib/query/queries';
import { type JobReading, useJob, useReading } from '@/lib/query/use-reading';
import { PodUsageTable } from './pod-usage-table';

/** What happened to the job and what its pods use; asked for only while someone looks. */
export function JobActivity(given: JobReading) {
  const { t } = useText();
  const [isOpen, setIsOpen] = useState(false);
  const job = useJob(given).value;
  if (!job) return null;
  return (
    <details
      onToggle={(event) => setIsOpen(event.currentTarget.open)}
      className="rounded-lg border border-line bg-surface"
    >
      <summary className="min-h-9 px-4 py-2.5 font-semibold">{t('job.activity')}</summary>
      {isOpen && <OpenActivity {...given} status={job.Status} />}
    </details>
  );
}

function OpenActivity({ jobId, status, poll }: JobReading & { status: string }) {
  const { t } = useText();
  const reading = useReading(jobActivityQuery(jobId, status, poll));
  const activity = reading.value;
  return (
    <div className="space-y-4 border-line border-t p-4">
      <StaleNotice reading={reading} />
      {activity?.usage && (
        <section className="space-y-2">
          <h3 className="font-medium">{t('job.usage')}</h3>
          {activity.usage.some(({ bytes }) => bytes.length > 0) ? (
            <PodUsageTable pods={activity.usage} />
          ) : (
            <p className="text-muted">{t('job.usage.none')}</p>
          )}
        </section>
      )}
      {activity && (
        <section className="space-y-2">
          <div className="flex flex-wrap items-baseline gap-x-3">
            <h3 className="font-medium">{t('job.events')}</h3>
            {activity.isUtc && <p className="text-muted text-sm">{t('job.events.utc')}</p>}
          </div>
          {activity.events.length > 0 ? (
            <Events lines={activity.events} />
          ) : (
            <p className="text-muted">{t('job.events.none')}</p>
          )}
        </section>
      )}
    </div>
  );
}

function Events({ lines }: { lines: string[] }) {
  const { t } = useText();
  return (
    <ScrollBox label={t('job.events')} className="max-h-80 rounded-md bg-sunken">
      <pre className="whitespace-pre-wrap p-3 text-sm [overflow-wrap:anywhere]">{lines.join('\n')}</pre>
    </ScrollBox>
  );
}
