'use server';

import * as z from 'zod';
import type { Problem } from '@/lib/problem';
import { entryKinds } from '@/lib/query/local-entries';
import { fail, type Result } from '@/lib/result';
import { idPattern } from '@/lib/routes';
import { argumentsOf, guardAction } from '@/lib/server/entry';
import { newRegistry, type Registry } from '@/lib/server/registry';
import { services } from '@/lib/server/services';

const line = z.string().max(4_096);
const data = z.object({ name: line, folder: line, mountPath: line, readOnly: z.boolean() });
const code = z.object({
  name: line,
  repository: line,
  branch: line,
  commit: line,
  mountPath: line,
  userName: line,
  token: line,
});
const image = z.object({ name: line, address: line, description: line });
const workspace = z.object({ name: line, description: line });
const quota = z.object({ name: line });
const kindAndId = z.tuple([z.enum(entryKinds), z.string().regex(idPattern)]);

export const addData = guardAction(argumentsOf(z.tuple([data])), async ([given]) =>
  change((registry) => registry.addData(given)),
);

export const addCode = guardAction(argumentsOf(z.tuple([code])), async ([given]) =>
  change((registry) => registry.addCode(given)),
);

export const addImage = guardAction(argumentsOf(z.tuple([image])), async ([given]) =>
  change((registry) => registry.addImage(given)),
);

export const addWorkspace = guardAction(argumentsOf(z.tuple([workspace])), async ([given]) =>
  change((registry) => registry.addWorkspace(given)),
);

export const addQuota = guardAction(argumentsOf(z.tuple([quota])), async ([given]) =>
  change((registry) => registry.addQuota(given)),
);

export const removeEntry = guardAction(argumentsOf(kindAndId), async ([kind, id]) =>
  change((registry) => registry.removeEntry(kind, id)),
);

async function change(
  run: (registry: Registry) => Promise<Result<null, Problem>>,
): Promise<Result<null, Problem>> {
  const { connection } = await services();
  if (connection.kind === 'local') return run(newRegistry(connection));
  const message = 'This Jobwright sends its jobs to the cloud; register what they name there.';
  return fail({ kind: 'refused', api: { status: 404, code: 'JobwrightNotLocal', message, requestId: '' } });
}
