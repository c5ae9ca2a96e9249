'use client';

import { Card } from '@/components/ui/card';
import type { Draft } from '@/lib/dlc/draft';
import { toBody } from '@/lib/dlc/draft';
import { isBag } from '@/lib/dlc/draft-codec';
import { totalsOf } from '@/lib/dlc/totals';
import { formatDuration } from '@/lib/i18n/format';
import { useText } from '@/lib/i18n/text-context';
import { describeTotals } from './describe-totals';

/** The job as one would tell it to a colleague. */
export function ReviewWords({ draft }: { draft: Draft }) {
  const text = useText();
  const { t, locale } = text;
  const body = toBody(draft);
  const specs = Array.isArray(body.JobSpecs) ? body.JobSpecs.filter(isBag) : [];
  const roles = specs.map(({ Type = '?', PodCount = '?' }) => `${Type} × ${PodCount}`);
  const totals = totalsOf(body);
  const minutes = Number(body.JobMaxRunningTimeMinutes);
  const size = (value: unknown) =>
    isBag(value) ? Object.keys(value).length : Array.isArray(value) ? value.length : 0;
  return (
    <Card title={t('form.words.title')}>
      <div className="space-y-1">
        <p className="[overflow-wrap:anywhere]">
          {t('form.words.what', {
            jobType: draft.JobType,
            name: draft.DisplayName,
            pods: totals.nodes,
            roles: new Intl.ListFormat(locale).format(roles),
          })}{' '}
          {draft.pool === 'public'
            ? t('form.words.public')
            : t('form.words.quota', { quota: draft.ResourceId })}
        </p>
        <p>{t('form.words.totals', { parts: describeTotals(text, totals) })}</p>
        <p>
          {t('form.words.data', {
            count: size(body.DataSources),
            libs: size(body.ThirdpartyLibs),
            envs: size(body.Envs),
          })}
        </p>
        {minutes >= 1 && <p>{t('form.words.limit', { time: formatDuration(locale, minutes * 60) })}</p>}
      </div>
    </Card>
  );
}
