'use client';

import { Card } from '@/components/ui/card';
import { useText } from '@/lib/i18n/text-context';
import { FlagField, TextField } from './fields';
import { MapRows, TextRows } from './rows';

/** The steps that are fields and nothing else. */
export function CodeStep() {
  const { t } = useText();
  return (
    <div className="space-y-5">
      <TextField name="UserCommand" required mono rows={5} />
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

export function SchedulingStep() {
  const { t } = useText();
  return (
    <div className="space-y-5">
      <div className="grid gap-5 sm:grid-cols-2">
        <TextField name="Priority" numeric />
        <TextField name="JobMaxRunningTimeMinutes" numeric />
      </div>
      <Card title={t('form.settings.title')}>
        <div className="space-y-4">
          <div className="grid gap-4 sm:grid-cols-3">
            <TextField name="Settings.Caller" />
            <TextField name="Settings.BusinessUserId" />
            <TextField name="Settings.PipelineId" />
          </div>
          <FlagField name="Settings.EnableTideResource" />
          <FlagField name="Settings.EnableErrorMonitoringInAIMaster" />
          <TextField name="Settings.ErrorMonitoringArgs" mono />
          <MapRows name="Settings.Tags" />
        </div>
      </Card>
    </div>
  );
}
