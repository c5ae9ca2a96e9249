import type { Metadata } from 'next';
import { submitJob } from '@/app/jobs/actions';
import { JobComposer } from '@/components/job-form/job-composer';
import { Notice } from '@/components/ui/notice';
import { guardMetadata, guardPage } from '@/lib/server/entry';
import { env } from '@/lib/server/env';
import { readText, WithText } from '@/lib/server/reader';
import { readSeed, type Wish } from './read-seed';

type Props = { searchParams: Promise<Wish> };

export const generateMetadata = guardMetadata(
  async (): Promise<Metadata> => ({ title: (await readText()).t('form.title') }),
);

export default guardPage(async ({ searchParams }: Props) => {
  const wish = await searchParams;
  const { t } = await readText();
  const seed = await readSeed(wish);
  const missing = seed ? undefined : (wish.from ?? wish.submission);
  return (
    <>
      <h1 className="mb-4 font-semibold text-2xl">{t('form.title')}</h1>
      {missing !== undefined && (
        <Notice tone="warn" className="mb-5">
          <p>{t('form.from.missing', { jobId: String(missing) })}</p>
        </Notice>
      )}
      <WithText parts={['form', 'fields', 'problems', 'faults']}>
        <JobComposer seed={seed} submit={submitJob} isLocal={env().connection.kind === 'local'} />
      </WithText>
    </>
  );
});
