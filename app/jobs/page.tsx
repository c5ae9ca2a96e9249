import type { Metadata } from 'next';
import { JobList } from '@/components/job-list/job-list';
import { parsePage } from '@/lib/query/page';
import { QueryProvider } from '@/lib/query/query-provider';
import { guardMetadata, guardPage } from '@/lib/server/entry';
import { readText, WithText } from '@/lib/server/reader';
import { services } from '@/lib/server/services';
import { readJobs, soon } from './reads';

type Props = { searchParams: Promise<{ page?: string | string[] }> };

export const generateMetadata = guardMetadata(
  async (): Promise<Metadata> => ({ title: (await readText()).t('jobs.title') }),
);

export default guardPage(async ({ searchParams }: Props) => {
  const page = parsePage((await searchParams).page);
  const [{ t }, { env, connection }, first] = await Promise.all([
    readText(),
    services(),
    soon(readJobs(page)),
  ]);
  return (
    <WithText parts={['list', 'problems']}>
      <QueryProvider>
        <h1 className="mb-4 font-semibold text-2xl">{t('jobs.title')}</h1>
        <JobList
          key={page}
          page={page}
          first={first}
          poll={env.poll}
          hasStarter={connection.kind === 'local'}
        />
      </QueryProvider>
    </WithText>
  );
});
