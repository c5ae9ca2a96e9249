'use client';

import { JsonBlock } from '@/components/job/json-block';
import { useText } from '@/lib/i18n/text-context';
import { type JobReading, useJob } from '@/lib/query/use-reading';

/** Everything GetJob says, also what the page has no words for. `isOurs`: this Jobwright sent the job and shows how. */
export function ReadBack({ isOurs, ...given }: JobReading & { isOurs: boolean }) {
  const { t } = useText();
  const job = useJob(given).value;
  return job ? (
    <JsonBlock title={t('readBack.title')} value={job} open={!isOurs}>
      {!isOurs && <p>{t('sent.elsewhere')}</p>}
      <p>{t('readBack.text')}</p>
    </JsonBlock>
  ) : null;
}
