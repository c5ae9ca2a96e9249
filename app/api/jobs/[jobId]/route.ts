import { readJob } from '@/app/jobs/reads';
import { fail } from '@/lib/result';
import { parseId } from '@/lib/routes';
import { guardRead } from '@/lib/server/entry';

export const GET = guardRead(async ({ params }) => {
  const jobId = parseId(params.jobId);
  return jobId
    ? readJob(jobId)
    : fail({ kind: 'invalid', faults: [{ path: ['jobId'], key: 'request.malformed' }] });
});
