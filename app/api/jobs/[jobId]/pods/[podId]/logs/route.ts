import { readPodLogs } from '@/app/jobs/reads';
import { fail } from '@/lib/result';
import { parseId } from '@/lib/routes';
import { guardRead } from '@/lib/server/entry';

export const GET = guardRead(async ({ params, query }) => {
  const [jobId, podId] = [parseId(params.jobId), parseId(params.podId)];
  if (jobId && podId) return readPodLogs(jobId, podId, query.has('ended'));
  return fail({ kind: 'invalid', faults: [{ path: ['podId'], key: 'request.malformed' }] });
});
