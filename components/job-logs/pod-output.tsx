'use client';

import { useMemo } from 'react';
import { StaleNotice } from '@/components/job/stale-notice';
import { CopyButton } from '@/components/ui/copy-button';
import { useText } from '@/lib/i18n/text-context';
import type { PollIntervals } from '@/lib/query/poll';
import { podLogsQuery } from '@/lib/query/queries';
import { useReading } from '@/lib/query/use-reading';
import { OutputBox } from './output-box';
import { maxLines, toPlainOutput } from './plain-output';

type Props = {
  pod: { jobId: string; podId: string; canWrite: boolean };
  poll: PollIntervals;
};

export function PodOutput({ pod, poll }: Props) {
  const { t } = useText();
  const reading = useReading(podLogsQuery(pod, poll));
  const lines = reading.value?.lines;
  const text = useMemo(() => toPlainOutput(lines ?? []), [lines]);
  return (
    <div className="space-y-2">
      <StaleNotice reading={reading} />
      {lines?.length === 0 && (
        <p className="text-muted">{t(pod.canWrite ? 'job.output.noneYet' : 'job.output.none')}</p>
      )}
      {lines && lines.length > 0 && (
        <>
          <OutputBox text={text} label={t('job.output.of', { pod: pod.podId })} isGrowing={pod.canWrite} />
          <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 text-muted text-sm">
            <span>
              {t(lines.length < maxLines ? 'job.output.lines' : 'job.output.cut', { count: lines.length })}
            </span>
            <CopyButton text={text} what={t('job.output')} label={t('job.output.copy')} />
          </div>
        </>
      )}
    </div>
  );
}
