import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { checkNow, decide, submitAgain } from '@/app/submissions/actions';
import { readSubmission } from '@/app/submissions/reads';
import { SubmissionScreen } from '@/components/submissions/submission-screen';
import { LinkButton } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { QueryProvider } from '@/lib/query/query-provider';
import { routes } from '@/lib/routes';
import { guardMetadata, guardPage } from '@/lib/server/entry';
import { readText } from '@/lib/server/reader';
import { services } from '@/lib/server/services';

type Props = { params: Promise<{ id: string }> };

export const generateMetadata = guardMetadata(async ({ params }: Props): Promise<Metadata> => {
  const [{ t }, first] = await Promise.all([readText(), readSubmission((await params).id)]);
  if (!first.ok) return { title: t('submission.unknown.title') };
  return { title: `${t(`submission.state.${first.value.state}`)} · ${first.value.displayName}` };
});

export default guardPage(async ({ params }: Props) => {
  const { id } = await params;
  const [{ t }, { env }, first] = await Promise.all([readText(), services(), readSubmission(id)]);
  if (first.ok && first.value.state === 'accepted' && first.value.jobId)
    redirect(routes.job(first.value.jobId));
  if (first.ok)
    return (
      <QueryProvider>
        <SubmissionScreen id={id} first={first} poll={env.poll} actions={{ checkNow, submitAgain, decide }} />
      </QueryProvider>
    );
  return (
    <>
      <h1 className="sr-only">{t('submission.unknown.title')}</h1>
      <EmptyState
        title={t('submission.unknown.title')}
        actions={<LinkButton href={routes.submissions}>{t('submission.back')}</LinkButton>}
      >
        <p>{t('submission.unknown.text')}</p>
      </EmptyState>
    </>
  );
});
