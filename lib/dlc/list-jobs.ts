/** The part of ListJobs' query that Jobwright asks for; names are the API's. */
export type ListJobsQuery = {
  PageNumber: number;
  PageSize: number;
  ShowOwn?: boolean;
  SortBy?: 'DisplayName' | 'JobType' | 'Status' | 'GmtCreateTime' | 'GmtFinishTime';
  Order?: 'asc' | 'desc';
  /** UTC `yyyy-MM-ddTHH:mm:ssZ`; the API hides jobs older than 7 days where this is absent. */
  StartTime?: string;
  EndTime?: string;
  WorkspaceId?: string;
  DisplayName?: string;
  /** Matched by the API against Settings.Tags. */
  Tags?: Record<string, string>;
};
