'use client';

import type { MouseEvent } from 'react';
import { Elapsed } from '@/components/job/elapsed';
import { StatusBadge } from '@/components/job/status-badge';
import { Cell, RowHeader, Table } from '@/components/job/table';
import { useChosenPod } from '@/components/job/use-chosen-pod';
import { Time } from '@/components/ui/time';
import type { Job } from '@/lib/dlc/job';
import { isTerminal } from '@/lib/dlc/status';
import { useText } from '@/lib/i18n/text-context';

type Pod = Job['Pods'][number];

export function PodTable({ pods, jobStatus }: { pods: Pod[]; jobStatus: string }) {
  const { t } = useText();
  if (pods.length === 0)
    return (
      <p className="p-4 text-muted">{t(isTerminal(jobStatus) ? 'job.pods.noneLeft' : 'job.pods.noneYet')}</p>
    );
  const names = ['job.pod', 'job.status', 'job.duration', 'job.started'] as const;
  const columns = names.map((key) => ({ name: t(key) }));
  return (
    <Table label={t('job.pods')} columns={columns}>
      {pods.map((pod) => (
        <PodRow key={pod.PodUid || pod.PodId} pod={pod} />
      ))}
    </Table>
  );
}

function PodRow({ pod }: { pod: Pod }) {
  const ended = pod.Status === 'Succeeded' || pod.Status === 'Failed';
  return (
    <tr>
      <RowHeader className="min-w-44">
        <code className="block text-sm [overflow-wrap:anywhere]">{pod.PodId}</code>
        <span className="flex flex-wrap items-baseline gap-x-3 text-sm">
          {pod.Type && <span className="text-muted">{pod.Type}</span>}
          <OutputLink podId={pod.PodId} />
        </span>
      </RowHeader>
      <Cell>
        <StatusBadge status={pod.Status} />
        {pod.SubStatus && pod.SubStatus !== 'Normal' && (
          <span className="block text-muted text-sm">{pod.SubStatus}</span>
        )}
      </Cell>
      <Cell>
        {ended && pod.GmtFinishTime === '' ? '–' : <Elapsed from={pod.GmtStartTime} to={pod.GmtFinishTime} />}
      </Cell>
      <Cell>
        <Time value={pod.GmtStartTime} />
        <code className="block text-muted text-sm">{pod.Ip}</code>
      </Cell>
    </tr>
  );
}

function OutputLink({ podId }: { podId: string }) {
  const { t } = useText();
  const { choose, toHref } = useChosenPod();
  const show = (event: MouseEvent) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    choose(podId);
    document.getElementById('output')?.scrollIntoView({ block: 'start' });
  };
  return (
    <a
      href={`${toHref(podId)}#output`}
      onClick={show}
      aria-label={t('job.output.showOf', { pod: podId })}
      className="inline-block min-h-6 whitespace-nowrap text-accent underline"
    >
      {t('job.output.show')}
    </a>
  );
}
