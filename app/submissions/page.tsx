import type { Metadata } from 'next';
import { Pages } from '@/components/job/pages';
import { NoSubmissions } from '@/components/submissions/no-submissions';
import { SubmissionTable } from '@/components/submissions/submission-table';
import { countPages, parsePage } from '@/lib/query/page';
import { routes } from '@/lib/routes';
import { guardMetadata, guardPage } from '@/lib/server/entry';
import { readText } from '@/lib/server/reader';
import { readSubmissions } from './reads';

type Props = { searchParams: Promise<{ page?: string | string[] }> };

export const generateMetadata = guardMetadata(
  async (): Promise<Metadata> => ({ title: (await readText()).t('submissions.title') }),
);

export default guardPage(async ({ searchParams }: Props) => {
  const page = parsePage((await searchParams).page);
  const [text, { submissions, total }] = await Promise.all([readText(), readSubmissions(page)]);
  return (
    <div className="space-y-4">
      <h1 className="font-semibold text-2xl">{text.t('submissions.title')}</h1>
      {submissions.length === 0 ? (
        <NoSubmissions text={text} page={page} />
      ) : (
        <>
          <p className="text-muted">{text.t('submissions.text')}</p>
          <SubmissionTable submissions={submissions} />
        </>
      )}
      <Pages
        text={text}
        page={page}
        count={countPages(total)}
        toHref={(page) => (page === 1 ? routes.submissions : `${routes.submissions}?page=${page}`)}
      />
    </div>
  );
});
