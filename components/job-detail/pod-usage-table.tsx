'use client';

import { Cell, RowHeader, Table } from '@/components/job/table';
import { formatBytes } from '@/lib/i18n/format';
import { useText } from '@/lib/i18n/text-context';
import type { PodUsage } from '@/lib/query/job-activity';
import { Sparkline } from './sparkline';

/** The latest and the highest number of each pod, with its course beside them. */
export function PodUsageTable({ pods }: { pods: PodUsage[] }) {
  const { locale, t } = useText();
  const inCores = (value: number): string =>
    t('job.usage.cores', {
      amount: new Intl.NumberFormat(locale, { maximumFractionDigits: 2 }).format(value),
    });
  const columns = [t('job.pod'), t('job.usage.cpu'), t('job.usage.memory')].map((name) => ({ name }));
  return (
    <Table label={t('job.usage')} columns={columns}>
      {pods.map(({ podId, cores, bytes }) => (
        <tr key={podId}>
          <RowHeader className="min-w-28">
            <code className="text-sm [overflow-wrap:anywhere]">{podId}</code>
          </RowHeader>
          <Course values={cores} format={inCores} />
          <Course values={bytes} format={(value) => formatBytes(locale, value)} />
        </tr>
      ))}
    </Table>
  );
}

function Course({ values, format }: { values: number[]; format: (value: number) => string }) {
  const { t } = useText();
  const latest = values.at(-1);
  if (latest === undefined) return <Cell>–</Cell>;
  return (
    <Cell className="min-w-24">
      <span className="block">{format(latest)}</span>
      <span className="block text-muted text-sm">
        {t('job.usage.peak', { amount: format(Math.max(...values)) })}
      </span>
      <Sparkline values={values} />
    </Cell>
  );
}
