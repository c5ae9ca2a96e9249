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
  const list = new Intl.ListFormat(locale);
  const parts = [
    size(body.DataSources) && t('form.count.data', { count: size(body.DataSources) }),
    size(body.ThirdpartyLibs) && t('form.count.libs', { count: size(body.ThirdpartyLibs) }),
    size(body.Envs) && t('form.count.envs', { count: size(body.Envs) }),
  ].filter((part) => typeof part === 'string');
  return (
    <Card title={t('form.words.title')}>
      <div className="space-y-1">
        <p className="[overflow-wrap:anywhere]">
          {t(draft.DisplayName === '' ? 'form.words.unnamed' : 'form.words.what', {
            jobType: draft.JobType,
            name: draft.DisplayName,
            pods: totals.nodes,
            roles: list.format(roles),
          })}{' '}
          {draft.pool === 'public' && t('form.words.public')}
          {draft.pool !== 'public' && draft.ResourceId && t('form.words.quota', { quota: draft.ResourceId })}
        </p>
        <p>{t('form.words.totals', { parts: describeTotals(text, totals) })}</p>
        {parts.length > 0 && <p>{t('form.words.with', { parts: list.format(parts) })}</p>}
        {minutes >= 1 && <p>{t('form.words.limit', { time: formatDuration(locale, minutes * 60) })}</p>}
      </div>
    </Card>
  );
}
