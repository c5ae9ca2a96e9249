import { readJobActivity } from '@/app/jobs/reads';
import { fail } from '@/lib/result';
import { parseId } from '@/lib/routes';
import { guardRead } from '@/lib/server/entry';

export const GET = guardRead(async ({ params, query }) => {
  const jobId = parseId(params.jobId);
  return jobId
    ? readJobActivity(jobId, query.has('ended'))
    : fail({ kind: 'invalid', faults: [{ path: ['jobId'], key: 'request.malformed' }] });
});
