import 'server-only';

import { toBodyOfJob } from '@/lib/dlc/clone';
import type { Bag } from '@/lib/dlc/draft-codec';
import { parseId } from '@/lib/routes';
import { services } from './services';

/** The body another job was made from, secrets masked: as it was sent where the ledger knows it, else as the DLC tells it. */
export async function readSeed(value: unknown): Promise<{ body: Bag; from: string } | undefined> {
  const jobId = parseId(value);
  if (!jobId) return undefined;
  const { ledger, connection, dlc } = await services();
  const sent = await ledger.findByJobId(connection.endpoint, jobId);
  if (sent) return { body: sent.body, from: jobId };
  const job = await dlc.getJob(jobId);
  return job.ok ? { body: toBodyOfJob(job.value), from: jobId } : undefined;
}
