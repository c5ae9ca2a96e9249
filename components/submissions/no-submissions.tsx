import { LinkButton } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import type { Text } from '@/lib/i18n/text';
import { routes } from '@/lib/routes';

export function NoSubmissions({ text, page }: { text: Pick<Text, 't'>; page: number }) {
  const { t } = text;
  if (page > 1)
    return (
      <EmptyState
        title={t('submissions.pastEnd')}
        actions={<LinkButton href={routes.submissions}>{t('submissions.toFirst')}</LinkButton>}
      />
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
