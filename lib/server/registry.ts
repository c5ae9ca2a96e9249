import 'server-only';
import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import type { Problem } from '@/lib/problem';
import type {
  CodeEntry,
  DataEntry,
  EntryKind,
  ImageEntry,
  LocalActions,
  QuotaEntry,
  WorkspaceEntry,
} from '@/lib/query/local-entries';
import { fail, ok, type Result } from '@/lib/result';
import { parseId } from '@/lib/routes';
import type { Connection } from './dlc';
import { toAnswer } from './dlc-answer';
import { codeAnswer, dataAnswer, imageAnswer, quotaAnswer, workspaceAnswer } from './registry-answers';
import { send } from './send';
import { sign, toQueryString } from './sign';

type Listed<T> = Promise<Result<T[], Problem>>;

/** What the jobs of a local DLC can name, by the operations of the AIWorkSpace API (version 2021-02-04). */
export type Registry = LocalActions & {
  listData(): Listed<DataEntry>;
  listCode(): Listed<CodeEntry>;
  listImages(): Listed<ImageEntry>;
  listWorkspaces(): Listed<WorkspaceEntry>;
  listQuotas(): Listed<QuotaEntry>;
};

type Call = {
  action: string;
  method: 'GET' | 'POST' | 'DELETE';
  path: string;
  query?: Record<string, string>;
  body?: object;
  secret?: string;
};

const version = '2021-02-04';
const deadlineMs = 10_000;
const pageSize = 100;
/** A registry of more than so many pages is not one that people keep by hand. */
const maxPages = 50;

const removals: Record<EntryKind, { action: string; collection: string }> = {
  data: { action: 'DeleteDataset', collection: 'datasets' },
  code: { action: 'DeleteCodeSource', collection: 'codesources' },
  image: { action: 'RemoveImage', collection: 'images' },
  workspace: { action: 'DeleteWorkspace', collection: 'workspaces' },
  quota: { action: 'DeleteQuota', collection: 'quotas' },
};

export function newRegistry({ endpoint, credentials }: Connection): Registry {
  async function call(request: Call): Promise<Result<Record<string, unknown>, Problem>> {
    const { action, method, path, query = {}, secret } = request;
    const url = new URL(endpoint);
    const body = request.body ? JSON.stringify(request.body) : '';
    const headers = body === '' ? {} : { 'content-type': 'application/json; charset=utf-8' };
    const signedAt = new Date();
    const signed = sign(
      { method, path, query, headers, body, action, host: url.host, version },
      credentials,
      signedAt,
      randomUUID(),
    );
    const search = toQueryString(query);
    const target = search ? `${path}?${search}` : path;
    const exchange = await send({
      endpoint: url,
      method,
      target,
      headers: signed,
      body,
      signedAt,
      deadlineMs,
    });
    const secrets = [credentials.accessKeySecret, secret];
    return toAnswer(exchange, { action, isWrite: method !== 'GET', secrets });
  }

  async function list<T>(action: string, path: string, name: string, entry: z.ZodType<T>): Listed<T> {
    const entriesSchema = z.array(entry);
    const found: T[] = [];
    for (let number = 1; number <= maxPages; number++) {
      const query = { PageNumber: String(number), PageSize: String(pageSize) };
      const answer = await call({ action, method: 'GET', path, query });
      if (!answer.ok) return answer;
      const parsed = entriesSchema.safeParse(answer.value[name]);
      if (!parsed.success) return fail({ kind: 'unconfirmed', reason: 'not-json' });
      found.push(...parsed.data);
      if (parsed.data.length < pageSize) break;
    }
    return ok(found);
  }

  async function add(
    action: string,
    path: string,
    body: object,
    secret?: string,
  ): Promise<Result<null, Problem>> {
    const answer = await call({ action, method: 'POST', path, body, ...(secret ? { secret } : {}) });
    return answer.ok ? ok(null) : answer;
  }

  return {
    listData: () => list('ListDatasets', '/api/v1/datasets', 'Datasets', dataAnswer),
    listCode: () => list('ListCodeSources', '/api/v1/codesources', 'CodeSources', codeAnswer),
    listImages: () => list('ListImages', '/api/v1/images', 'Images', imageAnswer),
    listWorkspaces: () => list('ListWorkspaces', '/api/v1/workspaces', 'Workspaces', workspaceAnswer),
    listQuotas: () => list('ListQuotas', '/api/v1/quotas', 'Quotas', quotaAnswer),
    addData: ({ name, folder, mountPath, readOnly }) =>
      add('CreateDataset', '/api/v1/datasets', {
        Name: name,
        Uri: folder,
        Options: JSON.stringify({ mountPath }),
        MountAccess: readOnly ? 'RO' : 'RW',
      }),
    addCode: ({ name, repository, branch, commit, mountPath, userName, token }) =>
      add(
        'CreateCodeSource',
        '/api/v1/codesources',
        {
          DisplayName: name,
          CodeRepo: repository,
          CodeBranch: branch,
          CodeCommit: commit,
          MountPath: mountPath,
          CodeRepoUserName: userName,
          CodeRepoAccessToken: token,
        },
        token,
      ),
    addImage: ({ name, address, description }) =>
      add('AddImage', '/api/v1/images', { Name: name, ImageUri: address, Description: description }),
    addWorkspace: ({ name, description }) =>
      add('CreateWorkspace', '/api/v1/workspaces', { WorkspaceName: name, Description: description }),
    addQuota: ({ name }) => add('CreateQuota', '/api/v1/quotas', { Name: name }),
    async removeEntry(kind, id) {
      const { action, collection } = removals[kind];
      const answer = await call({ action, method: 'DELETE', path: toPath(collection, id) });
      return answer.ok ? ok(null) : answer;
    },
  };
}

function toPath(collection: string, id: string): string {
  if (parseId(id) === undefined) throw new Error(`Not an id that may stand in a path: ${JSON.stringify(id)}`);
  return `/api/v1/${collection}/${id}`;
}
