'use client';

import Link from 'next/link';
import { Notice } from '@/components/ui/notice';
import { useText } from '@/lib/i18n/text-context';
import { routes } from '@/lib/routes';

/** That one submission made more than one job, with ways to the others; nothing where it did not. */
export function TwinsNotice({ jobs }: { jobs: string[] }) {
  const { t } = useText();
  if (jobs.length === 0) return null;
  return (
    <Notice tone="bad" live title={t('submission.twins.title')}>
      <p>{t('submission.twins.text')}</p>
      <ul className="flex flex-wrap gap-x-4">
        {jobs.map((jobId) => (
          <li key={jobId}>
            <Link className="text-accent underline" href={routes.job(jobId)} prefetch={false}>
              <code className="text-sm">{jobId}</code>
            </Link>
          </li>
        ))}
      </ul>
    </Notice>
  );
}
