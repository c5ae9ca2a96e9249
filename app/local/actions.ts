'use server';

import * as z from 'zod';
import type { Problem } from '@/lib/problem';
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
const idOnly = argumentsOf(z.tuple([z.string().regex(idPattern)]));

export const addData = guardAction(argumentsOf(z.tuple([data])), async ([given]) =>
  change((registry) => registry.addData(given)),
);

export const addCode = guardAction(argumentsOf(z.tuple([code])), async ([given]) =>
  change((registry) => registry.addCode(given)),
);

export const removeData = guardAction(idOnly, async ([id]) => change((registry) => registry.removeData(id)));

export const removeCode = guardAction(idOnly, async ([id]) => change((registry) => registry.removeCode(id)));

async function change(
  run: (registry: Registry) => Promise<Result<null, Problem>>,
): Promise<Result<null, Problem>> {
  const { connection } = await services();
  if (connection.kind === 'local') return run(newRegistry(connection));
  const message = 'This Jobwright sends its jobs to the cloud; register data and code there.';
  return fail({ kind: 'refused', api: { status: 404, code: 'JobwrightNotLocal', message, requestId: '' } });
}
