import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { CodeSources } from '@/components/local/code-sources';
import { DataSources } from '@/components/local/data-sources';
import { Images } from '@/components/local/images';
import { Quotas } from '@/components/local/quotas';
import { Workspaces } from '@/components/local/workspaces';
import { guardMetadata, guardPage } from '@/lib/server/entry';
import { readText, WithText } from '@/lib/server/reader';
import { newRegistry } from '@/lib/server/registry';
import { services } from '@/lib/server/services';
import { addCode, addData, addImage, addQuota, addWorkspace, removeEntry } from './actions';

export const generateMetadata = guardMetadata(
  async (): Promise<Metadata> => ({ title: (await readText()).t('local.title') }),
);

export default guardPage(async () => {
  const [{ t }, { connection }] = await Promise.all([readText(), services()]);
  if (connection.kind !== 'local') notFound();
  const registry = newRegistry(connection);
  const [data, code, images, workspaces, quotas] = await Promise.all([
    registry.listData(),
    registry.listCode(),
    registry.listImages(),
    registry.listWorkspaces(),
    registry.listQuotas(),
  ]);
  const isIsolated = connection.isolation === 'bubblewrap';
  return (
    <WithText parts={['local', 'problems', 'faults']}>
      <div className="space-y-5">
        <header className="max-w-prose space-y-2">
          <h1 className="font-semibold text-2xl">{t('local.title')}</h1>
          <p className="text-muted">{t('local.text')}</p>
          <p className="text-muted">{t(isIsolated ? 'local.mounts.bubblewrap' : 'local.mounts.none')}</p>
        </header>
        <DataSources found={data} addData={addData} removeEntry={removeEntry} />
        <CodeSources found={code} addCode={addCode} removeEntry={removeEntry} />
        <Images found={images} addImage={addImage} removeEntry={removeEntry} />
        <Workspaces found={workspaces} addWorkspace={addWorkspace} removeEntry={removeEntry} />
        <Quotas found={quotas} addQuota={addQuota} removeEntry={removeEntry} />
      </div>
    </WithText>
  );
});
