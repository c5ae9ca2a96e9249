'use client';

import { useFormContext, useWatch } from 'react-hook-form';
import { Card } from '@/components/ui/card';
import type { Draft } from '@/lib/dlc/draft';
import { useText } from '@/lib/i18n/text-context';
import { FlagField, TextField } from './fields';
import { Fold } from './fold';
import { MapRows, TextRows } from './rows';

/** The steps that are fields and nothing else. */
export function CodeStep() {
  const { t } = useText();
  return (
    <div className="space-y-5">
      <div>
        <TextField name="UserCommand" required mono rows={5} />
        <CommandLines />
      </div>
      <Card title={t('form.code.title')}>
        <div className="grid gap-4 sm:grid-cols-2">
          <TextField name="CodeSource.CodeSourceId" mono />
          <TextField name="CodeSource.MountPath" mono />
          <TextField name="CodeSource.Branch" mono />
          <TextField name="CodeSource.Commit" mono />
        </div>
      </Card>
      <Card title={t('form.libs.title')}>
        <div className="grid gap-4 sm:grid-cols-2">
          <TextRows name="ThirdpartyLibs" />
          <TextField name="ThirdpartyLibDir" mono />
        </div>
      </Card>
    </div>
  );
}

function CommandLines() {
  const { t } = useText();
  const command = useWatch<Draft, 'UserCommand'>({ name: 'UserCommand' });
  return (
    <p className="text-end text-muted text-sm">
      {t('form.lines', { count: command === '' ? 0 : command.split('\n').length })}
    </p>
  );
}

export function EnvironmentStep() {
  return (
    <div className="space-y-6">
      <MapRows name="Envs" />
      <TextField name="Options" mono />
    </div>
  );
}

export function NetworkStep() {
  return (
    <div className="grid gap-5 sm:grid-cols-2">
      <TextField name="UserVpc.VpcId" mono />
      <TextField name="UserVpc.SecurityGroupId" mono />
      <TextField name="UserVpc.SwitchId" mono />
      <TextRows name="UserVpc.ExtendedCIDRs" />
    </div>
  );
}

const advanced = ['Caller', 'BusinessUserId', 'PipelineId', 'EnableTideResource'].map(
  (leaf) => `Settings.${leaf}`,
);

export function SchedulingStep() {
  const { t } = useText();
  const { Caller, BusinessUserId, PipelineId, EnableTideResource } =
    useFormContext<Draft>().getValues('Settings');
  const isUsed = EnableTideResource || [Caller, BusinessUserId, PipelineId].some((value) => value !== '');
  return (
    <div className="space-y-5">
      <div className="grid gap-5 sm:grid-cols-[2fr_3fr]">
        <TextField name="Priority" numeric />
        <TextField name="JobMaxRunningTimeMinutes" numeric />
      </div>
      <Card title={t('form.settings.title')}>
        <div className="space-y-4">
          <FlagField name="Settings.EnableErrorMonitoringInAIMaster" />
          <TextField name="Settings.ErrorMonitoringArgs" mono />
          <MapRows name="Settings.Tags" />
          <Fold title={t('form.more')} isUsed={isUsed} names={advanced}>
            <div className="grid gap-4 sm:grid-cols-3">
              <TextField name="Settings.Caller" />
              <TextField name="Settings.BusinessUserId" />
              <TextField name="Settings.PipelineId" />
            </div>
            <FlagField name="Settings.EnableTideResource" />
          </Fold>
        </div>
      </Card>
    </div>
  );
}
