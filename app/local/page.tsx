import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { CodeSources } from '@/components/local/code-sources';
import { DataSources } from '@/components/local/data-sources';
import { guardMetadata, guardPage } from '@/lib/server/entry';
import { readText, WithText } from '@/lib/server/reader';
import { newRegistry } from '@/lib/server/registry';
import { services } from '@/lib/server/services';
import { addCode, addData, removeCode, removeData } from './actions';

export const generateMetadata = guardMetadata(
  async (): Promise<Metadata> => ({ title: (await readText()).t('local.title') }),
);

export default guardPage(async () => {
  const [{ t }, { connection }] = await Promise.all([readText(), services()]);
  if (connection.kind !== 'local') notFound();
  const registry = newRegistry(connection);
  const [data, code] = await Promise.all([registry.listData(), registry.listCode()]);
  const isIsolated = connection.isolation === 'bubblewrap';
  return (
    <WithText parts={['local', 'problems', 'faults']}>
      <div className="space-y-5">
        <header className="max-w-prose space-y-2">
          <h1 className="font-semibold text-2xl">{t('local.title')}</h1>
          <p className="text-muted">{t('local.text')}</p>
          <p className="text-muted">{t(isIsolated ? 'local.mounts.bubblewrap' : 'local.mounts.none')}</p>
        </header>
        <DataSources found={data} addData={addData} removeData={removeData} />
        <CodeSources found={code} addCode={addCode} removeCode={removeCode} />
      </div>
    </WithText>
  );
});
