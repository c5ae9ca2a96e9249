'use client';

import { Trash2 } from 'lucide-react';
import { memo } from 'react';
import { useFormContext, useWatch } from 'react-hook-form';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { type Draft, type Pool, toBody } from '@/lib/dlc/draft';
import { rolesOf } from '@/lib/dlc/roles';
import { useText } from '@/lib/i18n/text-context';
import { ContainerList } from './container-list';
import { FlagField, TextField } from './fields';
import { TextRows } from './rows';

type Props = { index: number; jobType: string; pool: Pool; onRemove: () => void };

export const RoleCard = memo(function RoleCard({ index, jobType, pool, onRemove }: Props) {
  const { t } = useText();
  const { getValues } = useFormContext<Draft>();
  const name = `JobSpecs.${index}` as const;
  const type = useWatch<Draft, `JobSpecs.${number}.Type`>({ name: `${name}.Type` });
  const title = type || t('form.role.title', { number: index + 1 });
  const pod = `${name}.ExtraPodSpec`;
  const specs = toBody(getValues()).JobSpecs;
  const hasMore = Array.isArray(specs) && specs[index]?.ExtraPodSpec !== undefined;
  return (
    <Card
      title={title}
      aside={
        <Button small look="quiet" onClick={onRemove} aria-label={t('form.role.remove', { role: title })}>
          <Trash2 aria-hidden size={15} />
          {t('form.container.remove')}
        </Button>
      }
    >
      <div className="grid gap-4 sm:grid-cols-6">
        <TextField name={`${name}.Type`} required options={rolesOf(jobType)} className="sm:col-span-2" />
        <TextField name={`${name}.PodCount`} required numeric className="sm:col-span-1" />
        {pool !== 'quota' && <TextField name={`${name}.EcsSpec`} required mono className="sm:col-span-3" />}
        <TextField name={`${name}.Image`} required mono className="sm:col-span-6" />
        {pool !== 'public' && <Amounts name={`${name}.ResourceConfig`} />}
        <div className="sm:col-span-6">
          <FlagField name={`${name}.UseSpotInstance`} />
        </div>
      </div>
      <details className="mt-4 border-line border-t pt-3" {...(hasMore ? { open: true } : {})}>
        <summary className="min-h-7 font-medium text-accent">{t('form.role.more')}</summary>
        <div className="mt-3 space-y-5">
          <ContainerList name={`${pod}.SideCarContainers`} group="SideCarContainers" />
          <ContainerList name={`${pod}.InitContainers`} group="InitContainers" />
          <TextRows name={`${pod}.SharedVolumeMountPaths`} />
        </div>
      </details>
    </Card>
  );
});

function Amounts({ name }: { name: string }) {
  return (
    <div className="grid grid-cols-2 gap-4 sm:col-span-6 sm:grid-cols-5">
      {['CPU', 'GPU', 'Memory', 'SharedMemory', 'GPUType'].map((leaf) => (
        <TextField key={leaf} name={`${name}.${leaf}`} />
      ))}
    </div>
  );
}
