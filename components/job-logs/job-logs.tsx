'use client';

import { useChosenPod } from '@/components/job/use-chosen-pod';
import { Card } from '@/components/ui/card';
import { isTerminal } from '@/lib/dlc/status';
import { useText } from '@/lib/i18n/text-context';
import { canWrite } from '@/lib/query/poll';
import { type JobReading, useJob } from '@/lib/query/use-reading';
import { PodChoice } from './pod-choice';
import { PodOutput } from './pod-output';

/** The output of one pod of the job: the one in the address, else the first. */
export function JobLogs(given: JobReading) {
  const { t } = useText();
  const { chosen, choose } = useChosenPod();
  const job = useJob(given).value;
  if (!job) return null;
  const pod = job.Pods.find(({ PodId }) => PodId === chosen) ?? job.Pods[0];
  const wanted = chosen !== null && pod?.PodId !== chosen;
  return (
    <Card
      id="output"
      title={t('job.output')}
      aside={pod && <PodChoice pods={job.Pods} value={pod.PodId} choose={choose} />}
    >
      {wanted && job.Pods.length > 0 && (
        <p className="pb-3 text-muted">{t('job.output.noSuchPod', { pod: chosen })}</p>
      )}
      {pod ? (
        <PodOutput
          key={pod.PodId}
          pod={{ jobId: given.jobId, podId: pod.PodId, canWrite: canWrite(pod.Status, job.Status) }}
          poll={given.poll}
        />
      ) : (
        <p className="text-muted">{t(isTerminal(job.Status) ? 'job.pods.noneLeft' : 'job.pods.noneYet')}</p>
      )}
    </Card>
  );
}
