import 'server-only';
import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import type { Problem } from '@/lib/problem';
import type { CodeEntry, DataEntry, NewCode, NewData } from '@/lib/query/local-entries';
import { fail, ok, type Result } from '@/lib/result';
import { parseId } from '@/lib/routes';
import type { Connection } from './dlc';
import { toAnswer } from './dlc-answer';
import { send } from './send';
import { sign, toQueryString } from './sign';

/** What the jobs of a local DLC can name, by the operations of the AIWorkSpace API (version 2021-02-04). */
export type Registry = {
  listData(): Promise<Result<DataEntry[], Problem>>;
  listCode(): Promise<Result<CodeEntry[], Problem>>;
  addData(data: NewData): Promise<Result<null, Problem>>;
  addCode(code: NewCode): Promise<Result<null, Problem>>;
  removeData(id: string): Promise<Result<null, Problem>>;
  removeCode(id: string): Promise<Result<null, Problem>>;
};

type Call = {
  action: string;
  method: 'GET' | 'POST' | 'DELETE';
  path: string;
  body?: object;
  secret?: string;
};

const version = '2021-02-04';
const deadlineMs = 10_000;
const query = { PageSize: '100' };

const dataSchema = z.object({
  Datasets: z.array(
    z.object({
      DatasetId: z.string(),
      Name: z.string(),
      Uri: z.string(),
      Options: z.string(),
      MountAccess: z.string(),
    }),
  ),
});

const codeSchema = z.object({
  CodeSources: z.array(
    z.object({
      CodeSourceId: z.string(),
      DisplayName: z.string(),
      CodeRepo: z.string(),
      CodeBranch: z.string(),
      CodeCommit: z.string(),
      MountPath: z.string(),
    }),
  ),
});

const optionsSchema = z.object({ mountPath: z.string() });

export function newRegistry({ endpoint, credentials }: Connection): Registry {
  async function call(request: Call): Promise<Result<Record<string, unknown>, Problem>> {
    const { action, method, path, secret } = request;
    const url = new URL(endpoint);
    const body = request.body ? JSON.stringify(request.body) : '';
    const asked = method === 'GET' ? query : {};
    const headers = body === '' ? {} : { 'content-type': 'application/json; charset=utf-8' };
    const signedAt = new Date();
    const signed = sign(
      { method, path, query: asked, headers, body, action, host: url.host, version },
      credentials,
      signedAt,
      randomUUID(),
    );
    const search = toQueryString(asked);
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

  async function list<T>(action: string, path: string, schema: z.ZodType<T>): Promise<Result<T, Problem>> {
    const answer = await call({ action, method: 'GET', path });
    if (!answer.ok) return answer;
    const parsed = schema.safeParse(answer.value);
    return parsed.success ? ok(parsed.data) : fail({ kind: 'unconfirmed', reason: 'not-json' });
  }

  async function change(request: Call): Promise<Result<null, Problem>> {
    const answer = await call(request);
    return answer.ok ? ok(null) : answer;
  }

  return {
    async listData() {
      const answer = await list('ListDatasets', '/api/v1/datasets', dataSchema);
      return answer.ok ? ok(answer.value.Datasets.map(toData)) : answer;
    },
    async listCode() {
      const answer = await list('ListCodeSources', '/api/v1/codesources', codeSchema);
      return answer.ok ? ok(answer.value.CodeSources.map(toCode)) : answer;
    },
    addData: ({ name, folder, mountPath, readOnly }) =>
      change({
        action: 'CreateDataset',
        method: 'POST',
        path: '/api/v1/datasets',
        body: {
          Name: name,
          Uri: folder,
          Options: JSON.stringify({ mountPath }),
          MountAccess: readOnly ? 'RO' : 'RW',
        },
      }),
    addCode: ({ name, repository, branch, commit, mountPath, userName, token }) =>
      change({
        action: 'CreateCodeSource',
        method: 'POST',
        path: '/api/v1/codesources',
        secret: token,
        body: {
          DisplayName: name,
          CodeRepo: repository,
          CodeBranch: branch,
          CodeCommit: commit,
          MountPath: mountPath,
          CodeRepoUserName: userName,
          CodeRepoAccessToken: token,
        },
      }),
    removeData: (id) => change({ action: 'DeleteDataset', method: 'DELETE', path: toPath('datasets', id) }),
    removeCode: (id) =>
      change({ action: 'DeleteCodeSource', method: 'DELETE', path: toPath('codesources', id) }),
  };
}

function toPath(collection: string, id: string): string {
  if (parseId(id) === undefined) throw new Error(`Not an id that may stand in a path: ${JSON.stringify(id)}`);
  return `/api/v1/${collection}/${id}`;
}

function toData(dataset: z.infer<typeof dataSchema>['Datasets'][number]): DataEntry {
  const options = optionsSchema.safeParse(JSON.parse(dataset.Options)).data;
  return {
    id: dataset.DatasetId,
    name: dataset.Name,
    folder: decodeURIComponent(dataset.Uri.replace(/^file:\/\//, '')),
    mountPath: options?.mountPath ?? '',
    readOnly: dataset.MountAccess === 'RO',
  };
}

function toCode(source: z.infer<typeof codeSchema>['CodeSources'][number]): CodeEntry {
  return {
    id: source.CodeSourceId,
    name: source.DisplayName,
    repository: source.CodeRepo,
    branch: source.CodeBranch,
    commit: source.CodeCommit,
    mountPath: source.MountPath,
  };
}
