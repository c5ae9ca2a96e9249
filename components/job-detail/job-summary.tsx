'use client';

import { Elapsed } from '@/components/job/elapsed';
import { Facts } from '@/components/job/facts';
import { Card } from '@/components/ui/card';
import { Time } from '@/components/ui/time';
import type { Job } from '@/lib/dlc/job';
import { useText } from '@/lib/i18n/text-context';
import { type JobReading, useJob } from '@/lib/query/use-reading';

function toText(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** A name with its id in brackets, either alone, or what stands for neither. */
function nameWithId(name: unknown, id: string, none: string): string {
  const known = toText(name);
  return known && id && known !== id ? `${known} (${id})` : known || id || none;
}

/** `who` and `sentAt` are the ledger's: who pressed Submit in this Jobwright, and when. */
export function JobSummary({ sent, ...given }: JobReading & { sent: SentBy | undefined }) {
  const { t } = useText();
  const job = useJob(given).value;
  if (!job) return null;
  return (
    <Card title={t('job.facts')}>
      <Facts
        facts={[
          { name: t('job.type'), value: job.JobType || '–' },
          { name: t('job.workspace'), value: nameWithId(job.WorkspaceName, job.WorkspaceId, '–') },
          { name: t('job.resource'), value: job.ResourceId || t('job.resource.public') },
          { name: t('job.priority'), value: job.Priority || '–' },
          { name: t('job.user'), value: nameWithId(job.Username, job.UserId, '–') },
          ...(sent ? sentFacts(sent, t('job.sentBy'), t('job.sentAt')) : []),
          { name: t('job.created'), value: <Time value={job.GmtCreateTime} /> },
          { name: t('job.started'), value: <Time value={job.GmtRunningTime} /> },
          { name: t('job.finished'), value: <Time value={job.GmtFinishTime} /> },
          { name: t('job.duration'), value: <RunningTime job={job} /> },
        ]}
      />
    </Card>
  );
}

export type SentBy = { who: string; submittedAt: string };

function sentFacts(sent: SentBy, by: string, at: string) {
  return [
    { name: by, value: sent.who },
    { name: at, value: <Time value={sent.submittedAt} /> },
  ];
}

/** From the first pod's start; a job that never ran has no running time. */
function RunningTime({ job }: { job: Job }) {
  return <Elapsed from={job.GmtRunningTime} to={job.GmtFinishTime} />;
}
