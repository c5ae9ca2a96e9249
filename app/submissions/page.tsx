import type { Metadata } from 'next';
import { Pages } from '@/components/job/pages';
import { NoSubmissions } from '@/components/submissions/no-submissions';
import { SubmissionFilter } from '@/components/submissions/submission-filter';
import { SubmissionTable } from '@/components/submissions/submission-table';
import { countPages } from '@/lib/query/page';
import { isNarrowed, parseSubmissionQuery, toSubmissionSearch } from '@/lib/query/submission-query';
import { routes } from '@/lib/routes';
import { guardMetadata, guardPage } from '@/lib/server/entry';
import { readText } from '@/lib/server/reader';
import { readSubmissions } from './reads';

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export const generateMetadata = guardMetadata(
  async (): Promise<Metadata> => ({ title: (await readText()).t('submissions.title') }),
);

export default guardPage(async ({ searchParams }: Props) => {
  const query = parseSubmissionQuery(await searchParams);
  const [text, { submissions, total }] = await Promise.all([readText(), readSubmissions(query)]);
  const { t } = text;
  const isFirst = total === 0 && !isNarrowed(query);
  return (
    <div className="space-y-4">
      <h1 className="font-semibold text-2xl">{t('submissions.title')}</h1>
      {!isFirst && (
        <>
          <p className="text-muted">{t('submissions.text')}</p>
          {/* A new address draws its fields anew; otherwise they would keep what was typed. */}
          <SubmissionFilter key={toSubmissionSearch(query)} text={text} query={query} />
        </>
      )}
      {submissions.length === 0 ? (
        <NoSubmissions text={text} query={query} />
      ) : (
        <>
          <div className="flex flex-wrap items-baseline justify-between gap-x-6 gap-y-1 text-muted text-sm">
            <p>{t('submissions.count', { count: total })}</p>
            <a
              className="text-accent underline"
              href={`${routes.api.submissionsExport}${toSubmissionSearch({ ...query, page: 1 })}`}
              download
            >
              {t('submissions.export')}
            </a>
          </div>
          <SubmissionTable submissions={submissions} />
        </>
      )}
      <Pages
        text={text}
        page={query.page}
        count={countPages(total)}
        toHref={(page) => `${routes.submissions}${toSubmissionSearch({ ...query, page })}`}
      />
    </div>
  );
});
