import { pathToFileURL } from 'node:url';
import type { LocalDlc } from './start';
import { call, type Reply } from './test-client';

type Json = Record<string, unknown>;

/** For tests only: an operation of the AIWorkSpace API. */
export function ask(
  dlc: LocalDlc,
  action: string,
  method: string,
  path: string,
  body?: Json,
): Promise<Reply> {
  return call(dlc, {
    action,
    method,
    path: `/api/v1/${path}`,
    version: '2021-02-04',
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
}

async function idOf(reply: Reply, name: string): Promise<string> {
  const id = reply.body[name];
  if (typeof id !== 'string') throw new Error(`not registered: ${JSON.stringify(reply.body)}`);
  return id;
}

export async function addDataset(
  dlc: LocalDlc,
  folder: string,
  mountPath: string,
  more: Json = {},
): Promise<string> {
  const body = {
    Name: folder,
    Uri: pathToFileURL(folder).href,
    Options: JSON.stringify({ mountPath }),
    ...more,
  };
  return idOf(await ask(dlc, 'CreateDataset', 'POST', 'datasets', body), 'DatasetId');
}

export async function addCodeSource(dlc: LocalDlc, repository: string, more: Json = {}): Promise<string> {
  const body = { DisplayName: repository, CodeRepo: repository, MountPath: '/root/code', ...more };
  return idOf(await ask(dlc, 'CreateCodeSource', 'POST', 'codesources', body), 'CodeSourceId');
}
