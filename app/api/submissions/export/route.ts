import { exportSubmissions } from '@/app/submissions/reads';
import { parseSubmissionQuery } from '@/lib/query/submission-query';
import { guardRead } from '@/lib/server/entry';

export const GET = guardRead(async ({ query }) => {
  const given = { ...Object.fromEntries(query), state: query.getAll('state') };
  const lines = exportSubmissions(parseSubmissionQuery(given));
  const encoder = new TextEncoder();
  const stream = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { value, done } = await lines.next();
      if (done) controller.close();
      else controller.enqueue(encoder.encode(value));
    },
    async cancel() {
      await lines.return(undefined);
    },
  });
  return new Response(stream, {
    headers: {
      'content-type': 'application/x-ndjson; charset=utf-8',
      'content-disposition': 'attachment; filename="jobwright-submissions.jsonl"',
      'cache-control': 'no-store',
    },
  });
});
