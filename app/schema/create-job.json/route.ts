import * as z from 'zod';
import { createJob } from '@/lib/dlc/create-job';
import { guardRead } from '@/lib/server/entry';

const description =
  "The body of PAI-DLC's CreateJob as Jobwright checks it, leaf by leaf. Necessary, not sufficient: rules between fields (roles of a job type, instance type or amounts, mount paths, names) come on top.";

/** Nothing of a person is in it, so editors may fetch it without signing in. */
export const GET = guardRead(
  async () =>
    Response.json(
      { title: 'CreateJob', description, ...z.toJSONSchema(createJob, { io: 'input' }) },
      { headers: { 'content-type': 'application/schema+json' } },
    ),
  { signedOut: true },
);
