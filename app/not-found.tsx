import { LinkButton } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { routes } from '@/lib/routes';
import { readText } from '@/lib/server/reader';

export default async function NotFound() {
  const { t } = await readText();
  return (
    <>
      <h1 className="sr-only">{t('notFound.title')}</h1>
      <EmptyState
        title={t('notFound.title')}
        actions={<LinkButton href={routes.jobs}>{t('back.jobs')}</LinkButton>}
      >
        <p>{t('notFound.text')}</p>
      </EmptyState>
    </>
  );
}
