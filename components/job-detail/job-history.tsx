'use client';

import { Elapsed } from '@/components/job/elapsed';
import { StatusBadge } from '@/components/job/status-badge';
import { Card } from '@/components/ui/card';
import { Time } from '@/components/ui/time';
import type { Job } from '@/lib/dlc/job';
import { isTerminal } from '@/lib/dlc/status';
import { useText } from '@/lib/i18n/text-context';
import { type JobReading, useJob } from '@/lib/query/use-reading';

type Span = Job['StatusHistory'][number];

/** The statuses the job went through, each with its time and how long it lasted. */
export function JobHistory(given: JobReading) {
  const { t } = useText();
  const job = useJob(given).value;
  if (!job || job.StatusHistory.length === 0) return null;
  const spans = job.StatusHistory.toSorted((a, b) => a.StartTime.localeCompare(b.StartTime));
  return (
    <Card title={t('job.history')}>
      <ol className="space-y-3">
        {spans.map((span, index) => (
          <li key={`${span.Status} ${span.StartTime}`} className="space-y-0.5">
            <HistorySpan span={span} end={span.EndTime || (spans[index + 1]?.StartTime ?? '')} />
          </li>
        ))}
      </ol>
    </Card>
  );
}

function HistorySpan({ span, end }: { span: Span; end: string }) {
  return (
    <>
      <p className="flex flex-wrap items-center justify-between gap-x-3">
        <StatusBadge status={span.Status} />
        {!isTerminal(span.Status) && (
          <span className="text-muted text-sm">
            <Elapsed from={span.StartTime} to={end} />
          </span>
        )}
      </p>
      <p className="text-muted text-sm">
        <Time value={span.StartTime} />
      </p>
      {(span.ReasonCode || span.ReasonMessage) && (
        <p className="text-muted text-sm [overflow-wrap:anywhere]">
          {span.ReasonCode && <code className="me-1.5">{span.ReasonCode}</code>}
          {span.ReasonMessage}
        </p>
      )}
    </>
  );
}
