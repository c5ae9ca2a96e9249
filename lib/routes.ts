/** What may stand in a path or an address: other characters could be collapsed into another path than the one signed. */
export const idPattern = /^[A-Za-z0-9_-]{1,128}$/;

/** An untrusted id, or undefined where it could not be one. */
export function parseId(value: unknown): string | undefined {
  return typeof value === 'string' && idPattern.test(value) ? value : undefined;
}

export const routes = {
  jobs: '/jobs',
  newJob: '/jobs/new',
  newJobFrom: (jobId: string) => `/jobs/new?from=${jobId}`,
  newJobOf: (submissionId: string) => `/jobs/new?submission=${submissionId}`,
  draft: (draftId: string, step?: string) => `/jobs/new?draft=${draftId}${step ? `&step=${step}` : ''}`,
  job: (jobId: string) => `/jobs/${jobId}`,
  submissions: '/submissions',
  submission: (id: string) => `/submissions/${id}`,
  /** What the jobs of the local DLC can name. */
  local: '/local',
  signIn: '/sign-in',
  api: {
    jobs: '/api/jobs',
    job: (jobId: string) => `/api/jobs/${jobId}`,
    jobActivity: (jobId: string) => `/api/jobs/${jobId}/activity`,
    podLogs: (jobId: string, podId: string) => `/api/jobs/${jobId}/pods/${podId}/logs`,
    submission: (id: string) => `/api/submissions/${id}`,
    submissionsExport: '/api/submissions/export',
  },
} as const;
