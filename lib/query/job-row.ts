/** What the list shows of a job; names and times as in lib/dlc/job.ts. */
export type JobRow = {
  JobId: string;
  DisplayName: string;
  JobType: string;
  Status: string;
  UserId: string;
  Username: string;
  GmtCreateTime: string;
  GmtRunningTime: string;
  GmtFinishTime: string;
};

export type JobRowPage = { Jobs: JobRow[]; TotalCount: number };
