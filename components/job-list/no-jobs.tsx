'use client';

import { LinkButton } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { useText } from '@/lib/i18n/text-context';
import { routes } from '@/lib/routes';

/** `hasStarter`: jobs run on this machine, where an example that succeeds costs nothing. */
export function NoJobs({ page, hasStarter }: { page: number; hasStarter: boolean }) {
  const { t } = useText();
  if (page > 1)
    return (
      <EmptyState
        title={t('jobs.pastEnd')}
        actions={<LinkButton href={routes.jobs}>{t('jobs.toFirst')}</LinkButton>}
      />
    );
  return (
    <EmptyState
      title={t('jobs.none')}
      actions={
        <>
          {hasStarter && (
            <LinkButton look="primary" href={`${routes.newJob}?starter=1`}>
              {t('jobs.tryIt')}
            </LinkButton>
          )}
          <LinkButton look={hasStarter ? 'plain' : 'primary'} href={routes.newJob}>
            {t('nav.new')}
          </LinkButton>
        </>
      }
    >
      <p>{t(hasStarter ? 'jobs.none.local' : 'jobs.none.cloud')}</p>
    </EmptyState>
  );
}
