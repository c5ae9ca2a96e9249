'use client';

import { Copy, CopyPlus, Trash2 } from 'lucide-react';
import { memo } from 'react';
import { useFormContext, useWatch } from 'react-hook-form';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import type { Draft, Pool } from '@/lib/dlc/draft';
import { rolesOf } from '@/lib/dlc/roles';
import { useText } from '@/lib/i18n/text-context';
import { ContainerList } from './container-list';
import { FlagField, TextField } from './fields';
import { Fold } from './fold';
import { MoveButtons, moveByKey } from './move-buttons';
import { RoleImage } from './role-image';
import { TextRows } from './rows';

/** What can be done with a role, by its index. */
export type RoleActions = Record<'remove' | 'duplicate' | 'copyToOthers', (index: number) => void> & {
  move: (from: number, to: number) => void;
};

type Props = {
  index: number;
  jobType: string;
  pool: Pool;
  count: number;
  actions: RoleActions;
};

export const RoleCard = memo(function RoleCard(props: Props) {
  const { index, count, jobType, pool, actions } = props;
  const { t } = useText();
  const { getValues } = useFormContext<Draft>();
  const name = `JobSpecs.${index}` as const;
  const pod = `${name}.ExtraPodSpec`;
  const more = getValues(`${name}.ExtraPodSpec`);
  const isUsed = [more.SideCarContainers, more.InitContainers, more.SharedVolumeMountPaths].some(
    (list) => list.length > 0,
  );
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the keys come from the controls inside
    <div onKeyDown={(event) => moveByKey(event, { index, count, move: actions.move })}>
      <Card
        title={<RoleTitle index={index} />}
        group
        className="[contain-intrinsic-size:auto_26rem] [content-visibility:auto]"
        aside={<RoleButtons {...props} />}
      >
        <div className="grid gap-4 sm:grid-cols-12">
          <TextField name={`${name}.Type`} required options={rolesOf(jobType)} className="sm:col-span-4" />
          <TextField name={`${name}.PodCount`} required numeric className="sm:col-span-3" />
          {pool !== 'quota' && <TextField name={`${name}.EcsSpec`} required mono className="sm:col-span-5" />}
          <RoleImage index={index} />
          {pool !== 'public' && <Amounts name={`${name}.ResourceConfig`} />}
          <div className="sm:col-span-12">
            <FlagField name={`${name}.UseSpotInstance`} />
          </div>
        </div>
        <Fold
          title={t('form.role.more')}
          isUsed={isUsed}
          names={[pod]}
          className="mt-4 border-line border-t pt-3"
        >
          <ContainerList name={`${pod}.SideCarContainers`} group="SideCarContainers" />
          <ContainerList name={`${pod}.InitContainers`} group="InitContainers" />
          <TextRows name={`${pod}.SharedVolumeMountPaths`} />
        </Fold>
      </Card>
    </div>
  );
});

/** Apart from the card: a keystroke in the role's name draws these, not every field. */
function useRoleTitle(index: number): string {
  const { t } = useText();
  const type = useWatch<Draft, `JobSpecs.${number}.Type`>({ name: `JobSpecs.${index}.Type` });
  return type || t('form.role.title', { number: index + 1 });
}

function RoleTitle({ index }: { index: number }) {
  return useRoleTitle(index);
}

function RoleButtons({ index, count, actions }: Props) {
  const { t } = useText();
  const title = useRoleTitle(index);
  return (
    <span className="-mx-2 flex flex-wrap items-center gap-1">
      <MoveButtons
        place={{ index, count, move: actions.move }}
        up={t('form.role.up', { role: title })}
        down={t('form.role.down', { role: title })}
        small
      />
      {count > 1 && (
        <Button
          small
          look="quiet"
          onClick={() => actions.copyToOthers(index)}
          aria-label={`${t('form.role.copyToOthers')}: ${title}`}
        >
          <Copy aria-hidden size={15} />
          {t('form.role.copyToOthers')}
        </Button>
      )}
      <Button
        small
        look="quiet"
        onClick={() => actions.duplicate(index)}
        aria-label={t('form.role.duplicate', { role: title })}
      >
        <CopyPlus aria-hidden size={15} />
        {t('form.role.duplicateShort')}
      </Button>
      <Button
        small
        look="quiet"
        onClick={() => actions.remove(index)}
        aria-label={t('form.role.remove', { role: title })}
      >
        <Trash2 aria-hidden size={15} />
        {t('form.container.remove')}
      </Button>
    </span>
  );
}

function Amounts({ name }: { name: string }) {
  return (
    <div className="grid grid-cols-2 gap-4 sm:col-span-12 sm:grid-cols-[1fr_1fr_1fr_2fr_1.5fr]">
      {['CPU', 'GPU', 'Memory', 'SharedMemory', 'GPUType'].map((leaf) => (
        <TextField key={leaf} name={`${name}.${leaf}`} />
      ))}
    </div>
  );
}
