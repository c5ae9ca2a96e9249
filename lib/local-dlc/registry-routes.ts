import { codeSources, createCodeSource } from './code-sources';
import { createDataset, datasets } from './datasets';
import type { Operation } from './operation';
import { getEntry, listEntries, removeEntry } from './registry-requests';
import {
  addImage,
  createQuota,
  createWorkspace,
  deleteWorkspace,
  getDefaultWorkspace,
  images,
  quotas,
  workspaces,
} from './workspaces';

/** What jobs can name is another product's, AIWorkSpace's, with a version of its own (dlc-api.md §6). */
const version = '2021-02-04';

const collection = (name: string): RegExp => new RegExp(`^/api/v1/${name}$`);
const member = (name: string): RegExp => new RegExp(`^/api/v1/${name}/([^/]+)$`);

function route(action: string, method: string, path: RegExp, run: Operation) {
  return { action, method, path, run, version };
}

export const registryRoutes = [
  route('CreateDataset', 'POST', collection('datasets'), createDataset),
  route('ListDatasets', 'GET', collection('datasets'), listEntries(datasets)),
  route('GetDataset', 'GET', member('datasets'), getEntry(datasets)),
  route('DeleteDataset', 'DELETE', member('datasets'), removeEntry('datasets')),
  route('CreateCodeSource', 'POST', collection('codesources'), createCodeSource),
  route('ListCodeSources', 'GET', collection('codesources'), listEntries(codeSources)),
  route('GetCodeSource', 'GET', member('codesources'), getEntry(codeSources)),
  route('DeleteCodeSource', 'DELETE', member('codesources'), removeEntry('codeSources')),
  route('AddImage', 'POST', collection('images'), addImage),
  route('ListImages', 'GET', collection('images'), listEntries(images)),
  route('GetImage', 'GET', member('images'), getEntry(images)),
  route('RemoveImage', 'DELETE', member('images'), removeEntry('images')),
  route('CreateWorkspace', 'POST', collection('workspaces'), createWorkspace),
  route('ListWorkspaces', 'GET', collection('workspaces'), listEntries(workspaces)),
  route('GetWorkspace', 'GET', member('workspaces'), getEntry(workspaces)),
  route('DeleteWorkspace', 'DELETE', member('workspaces'), deleteWorkspace),
  route('GetDefaultWorkspace', 'GET', collection('defaultWorkspaces'), getDefaultWorkspace),
  route('CreateQuota', 'POST', collection('quotas'), createQuota),
  route('ListQuotas', 'GET', collection('quotas'), listEntries(quotas)),
  route('DeleteQuota', 'DELETE', member('quotas'), removeEntry('quotas')),
];
