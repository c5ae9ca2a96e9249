import * as z from 'zod';

/** Reading is lenient: an answer with a leaf of an unexpected type still shows everything else. */
const text = z.string().catch('');
const count = z.number().catch(0);

const pod = z.looseObject({
  PodId: text,
  PodUid: text,
  Type: text,
  Status: text,
  SubStatus: text,
  Ip: text,
  GmtCreateTime: text,
  GmtStartTime: text,
  GmtFinishTime: text,
});

const statusSpan = z.looseObject({
  Status: text,
  StartTime: text,
  EndTime: text,
  ReasonCode: text,
  ReasonMessage: text,
});

const jobLeaves = {
  JobId: z.string(),
  DisplayName: text,
  JobType: text,
  Status: text,
  SubStatus: text,
  ReasonCode: text,
  ReasonMessage: text,
  WorkspaceId: text,
  ResourceId: text,
  UserId: text,
  UserCommand: text,
  Duration: count,
  Priority: count,
  GmtCreateTime: text,
  GmtSubmittedTime: text,
  GmtRunningTime: text,
  GmtFinishTime: text,
  JobSpecs: z.array(z.looseObject({ Type: text, Image: text, PodCount: count })).catch([]),
};

/** GetJob's answer: the leaves the screens read; every other one is kept as it came. Times are UTC `yyyy-MM-ddTHH:mm:ssZ`, '' where not reached. */
export const jobSchema = z.looseObject({
  ...jobLeaves,
  Pods: z.array(pod).catch([]),
  StatusHistory: z.array(statusSpan).catch([]),
  RequestId: text,
});

/** One element of ListJobs' `Jobs`. */
export const jobItemSchema = z.looseObject({ ...jobLeaves, Username: text });

export const jobPageSchema = z.looseObject({
  Jobs: z.array(jobItemSchema),
  TotalCount: count,
  RequestId: text,
});

export type Job = z.infer<typeof jobSchema>;
export type JobPage = z.infer<typeof jobPageSchema>;
