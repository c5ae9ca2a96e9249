import { realpathSync } from 'node:fs';
import { isAbsolute } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import * as z from 'zod';
import { type Answer, done, refuseParameter } from './answer';
import { complainOfFolder, complainOfMountPath, toMountPath } from './complain-of-path';
import type { Cloud, Question } from './operation';
import { type Dataset, defaultWorkspaceId } from './registry';
import { type Listing, named, newEntryId, optional, readFields, toGmt } from './registry-requests';

const shape = z.object({
  Name: named,
  Uri: named.max(4_096, 'must have at most 4096 characters'),
  Options: optional,
  MountAccess: z.enum(['RO', 'RW'], 'must be RO or RW').nullish(),
  Description: optional,
  WorkspaceId: optional,
});

const defaultMountPath = '/mnt/data';

/** CreateDataset of the AIWorkSpace API for a folder of this machine: Uri is `file:///…`, Options holds `mountPath` as there. */
export function createDataset({ registry, clock, hidden }: Cloud, question: Question): Answer {
  const fields = readFields(question, shape);
  if ('refusal' in fields) return fields.refusal;
  const { Name, Uri, Options, MountAccess, Description, WorkspaceId } = fields.value;
  const folder = folderOf(Uri);
  if (folder === undefined)
    return refuseParameter('Uri: must be a folder of this machine, such as file:///home/me/data.');
  const wrongFolder = complainOfFolder(folder, hidden);
  if (wrongFolder) return refuseParameter(`Uri: ${wrongFolder}.`);
  const mountPath = readMountPath(Options);
  if (mountPath === undefined)
    return refuseParameter('Options: must be a JSON object such as {"mountPath":"/root/data"}.');
  const wrongPath = complainOfMountPath(mountPath, hidden);
  if (wrongPath) return refuseParameter(`Options: ${wrongPath}.`);
  if (registry.all('datasets').some(({ name }) => name === Name))
    return refuseParameter(`Name: a dataset with the name ${Name} is there already.`);
  const id = newEntryId('d-');
  registry.add('datasets', {
    id,
    name: Name,
    description: Description,
    workspaceId: WorkspaceId || defaultWorkspaceId,
    createdAt: clock(),
    folder: realpathSync(folder),
    mountPath: toMountPath(mountPath),
    readOnly: MountAccess === 'RO',
  });
  return done({ DatasetId: id });
}

function folderOf(uri: string): string | undefined {
  if (isAbsolute(uri)) return uri;
  try {
    return uri.startsWith('file:///') ? fileURLToPath(uri) : undefined;
  } catch {
    return undefined;
  }
}

function readMountPath(options: string): string | undefined {
  if (options === '') return defaultMountPath;
  try {
    const parsed = z.object({ mountPath: z.string().optional() }).safeParse(JSON.parse(options)).data;
    return parsed && (parsed.mountPath ?? defaultMountPath);
  } catch {
    return undefined;
  }
}

function toView(dataset: Dataset): Record<string, unknown> {
  return {
    DatasetId: dataset.id,
    Name: dataset.name,
    Description: dataset.description,
    DataSourceType: 'LOCAL',
    Property: 'DIRECTORY',
    Uri: pathToFileURL(dataset.folder).href,
    Options: JSON.stringify({ mountPath: dataset.mountPath }),
    MountAccess: dataset.readOnly ? 'RO' : 'RO RW',
    Accessibility: 'PUBLIC',
    WorkspaceId: dataset.workspaceId,
    GmtCreateTime: toGmt(dataset.createdAt),
  };
}

export const datasets: Listing<'datasets'> = { kind: 'datasets', name: 'Datasets', filter: 'Name', toView };
