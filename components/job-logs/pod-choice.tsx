'use client';

import { describeStatus } from '@/components/job/describe-status';
import type { Job } from '@/lib/dlc/job';
import { useText } from '@/lib/i18n/text-context';

type Props = { pods: Job['Pods']; value: string; choose: (podId: string) => void };

/** A list of its own kind in every browser and on every phone, with a thousand pods as with two. */
export function PodChoice({ pods, value, choose }: Props) {
  const text = useText();
  return (
    <label className="flex min-w-0 items-center gap-2 text-sm">
      <span className="text-muted">{text.t('job.pod')}</span>
      <select
        value={value}
        onChange={(event) => choose(event.target.value)}
        className="min-h-8 min-w-0 max-w-full rounded-md border border-edge bg-surface px-1.5"
      >
        {pods.map((pod) => (
          <option key={pod.PodUid || pod.PodId} value={pod.PodId}>
            {pod.PodId} – {describeStatus(text, pod.Status)}
          </option>
        ))}
      </select>
    </label>
  );
}
