'use client';

import { ScrollBox } from '@/components/job/scroll-box';
import { Cell, RowHeader, Table } from '@/components/job/table';
import { Card } from '@/components/ui/card';
import { CopyButton } from '@/components/ui/copy-button';
import type { Job } from '@/lib/dlc/job';
import { useText } from '@/lib/i18n/text-context';
import { type JobReading, useJob } from '@/lib/query/use-reading';
import { describeResources } from './describe-resources';
import { PodTable } from './pod-table';

/** What the job is made of: its pods, its roles, its command. */
export function JobParts(given: JobReading) {
  const { t } = useText();
  const job = useJob(given).value;
  if (!job) return null;
  return (
    <>
      <Card title={t('job.pods')}>
        <div className="-m-4">
          <PodTable jobStatus={job.Status} pods={job.Pods} />
        </div>
      </Card>
      <Card title={t('job.roles')}>
        <div className="-m-4">
          <RoleTable roles={job.JobSpecs} />
        </div>
      </Card>
      {job.UserCommand && (
        <Card title={t('job.command')} aside={<CopyButton text={job.UserCommand} what={t('job.command')} />}>
          <ScrollBox label={t('job.command')} className="max-h-80">
            <pre className="whitespace-pre-wrap text-sm [overflow-wrap:anywhere]">{job.UserCommand}</pre>
          </ScrollBox>
        </Card>
      )}
    </>
  );
}

function RoleTable({ roles }: { roles: Job['JobSpecs'] }) {
  const text = useText();
  const { t } = text;
  const columns = [t('job.role'), t('job.podCount'), t('job.resources'), t('job.image')];
  return (
    <Table label={t('job.roles')} columns={columns.map((name) => ({ name }))}>
      {roles.map((role) => (
        <tr key={`${role.Type} ${role.Image}`}>
          <RowHeader className="font-medium">{role.Type}</RowHeader>
          <Cell>{role.PodCount}</Cell>
          <Cell className="min-w-36">{describeResources(text, role)}</Cell>
          <Cell className="min-w-56">
            <code className="text-sm [overflow-wrap:anywhere]">{role.Image || '–'}</code>
          </Cell>
        </tr>
      ))}
    </Table>
  );
}
