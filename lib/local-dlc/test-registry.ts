import { pathToFileURL } from 'node:url';
import { call, type Reply, type Server } from './test-client';

type Json = Record<string, unknown>;

/** For tests only: an operation of the AIWorkSpace API. */
export function ask(dlc: Server, action: string, method: string, path: string, body?: Json): Promise<Reply> {
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
  dlc: Server,
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

export async function addCodeSource(dlc: Server, repository: string, more: Json = {}): Promise<string> {
  const body = { DisplayName: repository, CodeRepo: repository, MountPath: '/root/code', ...more };
  return idOf(await ask(dlc, 'CreateCodeSource', 'POST', 'codesources', body), 'CodeSourceId');
}
