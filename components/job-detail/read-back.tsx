'use client';

import { JsonBlock } from '@/components/job/json-block';
import { useText } from '@/lib/i18n/text-context';
import { type JobReading, useJob } from '@/lib/query/use-reading';

/** Everything GetJob says, also what the page has no words for. */
export function ReadBack(given: JobReading) {
  const { t } = useText();
  const job = useJob(given).value;
  return job ? (
    <JsonBlock title={t('readBack.title')} value={job}>
      <p>{t('readBack.text')}</p>
    </JsonBlock>
  ) : null;
}
