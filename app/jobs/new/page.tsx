import type { Metadata } from 'next';
import { submitJob } from '@/app/jobs/actions';
import { JobComposer } from '@/components/job-form/job-composer';
import { Notice } from '@/components/ui/notice';
import { starterJob } from '@/lib/dlc/starter';
import { guardMetadata, guardPage } from '@/lib/server/entry';
import { env } from '@/lib/server/env';
import { readSeed } from '@/lib/server/read-seed';
import { readText } from '@/lib/server/reader';

type Props = { searchParams: Promise<{ from?: string | string[]; starter?: string }> };

export const generateMetadata = guardMetadata(
  async (): Promise<Metadata> => ({ title: (await readText()).t('form.title') }),
);

export default guardPage(async ({ searchParams }: Props) => {
  const { from, starter } = await searchParams;
  const { t } = await readText();
  const cloned = from === undefined ? undefined : await readSeed(from);
  return (
    <>
      <h1 className="mb-4 font-semibold text-2xl">{t('form.title')}</h1>
      {from !== undefined && !cloned && (
        <Notice tone="warn" className="mb-5">
          <p>{t('form.from.missing', { jobId: String(from) })}</p>
        </Notice>
      )}
      <JobComposer
        seed={cloned ?? (starter === undefined ? undefined : { body: starterJob })}
        submit={submitJob}
        isLocal={env().connection.kind === 'local'}
      />
    </>
  );
});
