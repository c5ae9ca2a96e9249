import { readJobs } from '@/app/jobs/reads';
import { parsePage } from '@/lib/query/page';
import { guardRead } from '@/lib/server/entry';

export const GET = guardRead(async ({ query }) => readJobs(parsePage(query.get('page'))));
