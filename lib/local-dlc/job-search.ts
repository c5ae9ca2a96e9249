import { enteredAt, finishedAt, type JobRecord } from './job-record';
import { needOf } from './queue';

export type Measure = (job: JobRecord) => number | undefined;

/** What ListJobs can look for within texts: `isFullText` by words, the others as one piece (dlc-api.md §2.3). */
export const searchTexts: Record<string, { textOf: (job: JobRecord) => string; isFullText?: boolean }> = {
  DisplayName: { textOf: ({ request }) => String(request.DisplayName) },
  Description: { textOf: ({ request }) => String(request.Description ?? '') },
  ResourceQuotaName: { textOf: ({ request }) => String(request.ResourceId ?? '') },
  Username: { textOf: () => localUsername },
  UserCommandSearch: { textOf: ({ request }) => String(request.UserCommand), isFullText: true },
  ReasonSearch: { textOf: ({ reason }) => `${reason.code} ${reason.message}`, isFullText: true },
  ImageSearch: {
    textOf: (job) =>
      specsOf(job)
        .map(({ Image }) => String(Image ?? ''))
        .join(' '),
    isFullText: true,
  },
};

/** Everything here belongs to the one who started the server. */
export const localUsername = 'local';

/** By what ListJobs can bound times and numbers; absent where a job has no such value yet. */
export const measures: { times: Record<string, Measure>; numbers: Record<string, Measure> } = {
  times: {
    GmtCreateTime: ({ createdAt }) => createdAt,
    GmtRunningTime: (job) => enteredAt(job, 'Running'),
    GmtFinishTime: finishedAt,
  },
  numbers: {
    RequestCPU: (job) => needOf(job, job.pods).cpu,
    RequestGPU: (job) => needOf(job, job.pods).gpu,
    RequestMemory: (job) => needOf(job, job.pods).memoryGiB,
    NodeCount: ({ pods }) => pods.length,
    Priority: ({ request }) => (typeof request.Priority === 'number' ? request.Priority : 1),
  },
};

/** PrePaid: a quota; Spot: what can be taken away again; PostPaid: the public pool. */
export function paymentTypeOf(job: JobRecord): string {
  if (job.request.ResourceId) return 'PrePaid';
  return isSpot(job) ? 'Spot' : 'PostPaid';
}

export function isSpot(job: JobRecord): boolean {
  return specsOf(job).some(({ UseSpotInstance, SpotSpec }) => UseSpotInstance === true || Boolean(SpotSpec));
}

function specsOf({ request }: JobRecord): Record<string, unknown>[] {
  return Array.isArray(request.JobSpecs) ? request.JobSpecs : [];
}
