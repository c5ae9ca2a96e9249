import { readSubmission } from '@/app/submissions/reads';
import { guardRead } from '@/lib/server/entry';

export const GET = guardRead(async ({ params }) => readSubmission(params.id));
