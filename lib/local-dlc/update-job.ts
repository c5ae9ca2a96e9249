import * as z from 'zod';
import { type Answer, done, type Read, refuse, refuseParameter } from './answer';
import { parseBody } from './create-job';
import type { JobRecord } from './job-record';
import { findJob } from './jobs';
import type { Cloud, Question } from './operation';

const updateShape = z.looseObject({
  Priority: z.int().min(1, 'must be between 1 and 9').max(9, 'must be between 1 and 9').nullish(),
  Accessibility: z.literal('PUBLIC', 'can only be changed to PUBLIC').nullish(),
  Description: z.string('must be a text').nullish(),
  JobSpecs: z.null('cannot be changed: the local DLC does not scale jobs').optional(),
});

/** While one of these lasts, a job's Priority can still change its place; later it is taken and changes nothing. */
const movable = new Set(['Creating', 'Queuing', 'EnvPreparing']);

/** dlc-api.md §2.4. Here the public pool queues too, so Priority counts with and without a quota. */
export function updateJob(cloud: Cloud, question: Question): Answer {
  const found = findJob(cloud, question.ids[0]);
  if ('refusal' in found) return found.refusal;
  const parsed = parseBody(question.body);
  if ('refusal' in parsed) return parsed.refusal;
  const update = readUpdate(parsed.value);
  if ('refusal' in update) return update.refusal;
  const next = applyUpdate(found.value, update.value, cloud.clock());
  if (next !== found.value) cloud.machine.update(next);
  return done({ JobId: next.jobId });
}

type Update = z.infer<typeof updateShape>;

function readUpdate(body: Record<string, unknown>): Read<Update> {
  const parsed = updateShape.safeParse(body);
  if (parsed.success) return { value: parsed.data };
  const issue = parsed.error.issues[0];
  const said = `${issue?.path.join('.')}: ${issue?.message}.`;
  return { refusal: issue?.path[0] === 'JobSpecs' ? refuse(400, 'BadRequest', said) : refuseParameter(said) };
}

function applyUpdate(job: JobRecord, update: Update, now: number): JobRecord {
  const { Priority, Accessibility, Description } = update;
  const changes = {
    ...(typeof Priority === 'number' && movable.has(job.status) ? { Priority } : {}),
    ...(Accessibility ? { Accessibility } : {}),
    ...(typeof Description === 'string' ? { Description } : {}),
  };
  const changed = Object.entries(changes).filter(([name, value]) => job.request[name] !== value);
  if (changed.length === 0) return job;
  const notes = changed
    .filter(([name]) => name === 'Priority')
    .map(([, value]) => ({
      at: now,
      text: `Priority changed from ${job.request.Priority ?? 1} to ${value}.`,
    }));
  return {
    ...job,
    request: { ...job.request, ...changes },
    modifiedAt: now,
    notes: [...(job.notes ?? []), ...notes],
  };
}
