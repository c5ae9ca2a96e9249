import { type Answer, done, type Read, refuse, refuseParameter } from './answer';
import { refuseBody } from './create-job-rules';
import { listIdle } from './field-fates';
import { findFreePorts } from './free-ports';
import { enter, type JobRecord, noReason } from './job-record';
import { newJobId } from './job-store';
import type { Cloud, Question } from './operation';
import { newPods, type PodPlace, planPods, type RoleCount } from './pod-plan';
import { defaultWorkspaceId } from './registry';

/** "Total size of parameters incl. system-generated ones" of the API's documents. */
const maxParameterBytes = 65_536;

/** Three beginnings of DisplayName show what is rare in the cloud; `missing:latest` in job-steps.ts is the fourth such value. */
const magic = {
  refuse: 'refuse-quota',
  cutAndMake: 'no-answer-made',
  cutAndLose: 'no-answer-lost',
};

export async function createJob(cloud: Cloud, question: Question): Promise<Answer> {
  const parsed = parseBody(question.body);
  if ('refusal' in parsed) return parsed.refusal;
  const request = parsed.value;
  const refusal = refuseBody(request);
  if (refusal) return refusal;
  const name = String(request.DisplayName);
  const places = planPods(String(request.JobType), rolesOf(request));
  if (name.startsWith(magic.refuse)) {
    const pods = places.length === 1 ? '1 pod is' : `${places.length} pods are`;
    return refuseParameter(`The resources of this job exceed the quota: ${pods} requested, 0 are available.`);
  }
  if (name.startsWith(magic.cutAndLose)) return { kind: 'cut' };

  const job = await newJob(cloud, request, places);
  cloud.store.create(job);
  return name.startsWith(magic.cutAndMake) ? { kind: 'cut' } : done({ JobId: job.jobId });
}

/** A request's JSON object, or why it is none. */
export function parseBody(bytes: Buffer): Read<Record<string, unknown>> {
  if (bytes.length > maxParameterBytes)
    return {
      refusal: refuseParameter(
        `The total size of the parameters is ${bytes.length} bytes and must not exceed ${maxParameterBytes}.`,
      ),
    };
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    if (typeof value === 'object' && value !== null && !Array.isArray(value))
      return { value: Object.fromEntries(Object.entries(value)) };
  } catch {
    // Said below: text that is no JSON and JSON that is no object get the same answer.
  }
  return { refusal: refuse(400, 'BadRequest', 'The request body is not a JSON object.') };
}

function rolesOf(request: Record<string, unknown>): RoleCount[] {
  const specs = Array.isArray(request.JobSpecs) ? request.JobSpecs : [];
  return specs.map((spec: { Type: string; PodCount?: number | null }) => ({
    Type: spec.Type,
    PodCount: spec.PodCount ?? 1,
  }));
}

async function newJob(
  { store, userId, clock }: Cloud,
  request: Record<string, unknown>,
  places: PodPlace[],
): Promise<JobRecord> {
  const ports = await findFreePorts(request.JobType === 'TFJob' ? places.length : 1);
  let jobId = newJobId();
  while (store.get(jobId)) jobId = newJobId();
  const now = clock();
  const given = request.WorkspaceId;
  const idle = listIdle(request);
  const job: JobRecord = {
    jobId,
    request,
    userId,
    workspaceId: typeof given === 'string' && given !== '' ? given : defaultWorkspaceId,
    status: 'Creating',
    reason: noReason,
    createdAt: now,
    modifiedAt: now,
    history: [],
    pods: newPods(jobId, places, ports),
    ...(idle.length > 0
      ? {
          notes: [
            { at: now, text: `The local DLC takes these and does not act on them: ${idle.join(', ')}.` },
          ],
        }
      : {}),
  };
  return enter(job, 'Creating', now);
}
