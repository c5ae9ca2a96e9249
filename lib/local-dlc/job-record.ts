import * as z from 'zod';

/** A pod as it is kept; times are milliseconds. `role` and the ids are lower-case, as the cloud's are. */
const podSchema = z.object({
  podId: z.string(),
  podUid: z.string(),
  role: z.string(),
  index: z.int(),
  port: z.int(),
  /** The GPUs that are its own until it has ended (gpu-devices.ts). */
  devices: z.array(z.string()).optional(),
  status: z.enum(['Pending', 'Running', 'Succeeded', 'Failed']),
  startedAt: z.number().optional(),
  finishedAt: z.number().optional(),
  exitCode: z.int().optional(),
  /** Why a pod ended without an exit code. */
  note: z.string().optional(),
});

const reasonSchema = z.object({ code: z.string(), message: z.string() });

const statusSchema = z.enum([
  'Creating',
  'Queuing',
  'EnvPreparing',
  'Running',
  'Stopping',
  'Succeeded',
  'Failed',
  'Stopped',
]);

export const jobRecordSchema = z.object({
  jobId: z.string(),
  /** CreateJob's body as it came, unknown keys included. */
  request: z.record(z.string(), z.unknown()),
  userId: z.string(),
  workspaceId: z.string(),
  status: statusSchema,
  reason: reasonSchema,
  createdAt: z.number(),
  modifiedAt: z.number(),
  history: z.array(
    z.object({
      status: statusSchema,
      startedAt: z.number(),
      endedAt: z.number().optional(),
      reason: reasonSchema,
    }),
  ),
  pods: z.array(podSchema),
  /** What else happened to the job, for its events. */
  notes: z.array(z.object({ at: z.number(), text: z.string() })).optional(),
  /** What the job becomes once its last process is gone. */
  ending: z.object({ status: z.enum(['Succeeded', 'Failed', 'Stopped']), reason: reasonSchema }).optional(),
});

export type Pod = z.infer<typeof podSchema>;
export type Reason = z.infer<typeof reasonSchema>;
export type JobStatus = z.infer<typeof statusSchema>;
export type JobRecord = z.infer<typeof jobRecordSchema>;
export type Ending = NonNullable<JobRecord['ending']>;

export const noReason: Reason = { code: '', message: '' };

export function isFinished(job: JobRecord): boolean {
  return job.status === 'Succeeded' || job.status === 'Failed' || job.status === 'Stopped';
}

export function hasEnded(pod: Pod): boolean {
  return pod.status === 'Succeeded' || pod.status === 'Failed';
}

/** The job in another status, its history going on without a gap. */
export function enter(job: JobRecord, status: JobStatus, at: number, reason = noReason): JobRecord {
  const history = job.history.map((span) => (span.endedAt === undefined ? { ...span, endedAt: at } : span));
  return {
    ...job,
    status,
    reason,
    modifiedAt: at,
    history: [...history, { status, startedAt: at, reason }],
  };
}

/** When a job came into a status, or undefined where it never did. */
export function enteredAt(job: JobRecord, status: JobStatus): number | undefined {
  return job.history.find((span) => span.status === status)?.startedAt;
}

export function finishedAt(job: JobRecord): number | undefined {
  return isFinished(job) ? job.history.at(-1)?.startedAt : undefined;
}
