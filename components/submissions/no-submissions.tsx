import { LinkButton } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import type { Text } from '@/lib/i18n/text';
import { isNarrowed, type SubmissionQuery, toSubmissionSearch } from '@/lib/query/submission-query';
import { routes } from '@/lib/routes';

export function NoSubmissions({ text, query }: { text: Pick<Text, 't'>; query: SubmissionQuery }) {
  const { t } = text;
  if (query.page > 1)
    return (
      <EmptyState
        title={t('submissions.pastEnd')}
        actions={
          <LinkButton href={`${routes.submissions}${toSubmissionSearch({ ...query, page: 1 })}`}>
            {t('submissions.toFirst')}
          </LinkButton>
        }
      />
    );
  if (isNarrowed(query))
    return (
      <EmptyState
        title={t('submissions.nothing')}
        actions={<LinkButton href={routes.submissions}>{t('submissions.filter.clear')}</LinkButton>}
      >
        <p>{t('submissions.nothing.text')}</p>
      </EmptyState>
    );
  return (
    <EmptyState
      title={t('submissions.none')}
      actions={
        <LinkButton look="primary" href={routes.newJob}>
          {t('nav.new')}
        </LinkButton>
      }
    >
      <p>{t('submissions.none.text')}</p>
    </EmptyState>
  );
}
