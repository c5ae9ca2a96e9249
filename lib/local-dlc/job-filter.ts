import * as z from 'zod';
import { type Read, refuseParameter } from './answer';
import type { JobRecord } from './job-record';
import { type Query, readSeconds } from './query';

const exactFilters = ['JobType', 'ResourceId'] as const;
const settingsFilters = ['Caller', 'BusinessUserId', 'PipelineId'] as const;

const defaultWindowSeconds = 7 * 24 * 3_600;

export type JobFilter = {
  query: Query;
  ownOnly: boolean;
  from: number;
  to: number;
  jobIds: string[] | undefined;
  statuses: string[] | undefined;
  tags: Record<string, string>;
};

const tagsSchema = z.record(z.string(), z.string());

function readTags(text: string | undefined): Record<string, string> | undefined {
  try {
    return tagsSchema.safeParse(JSON.parse(text ?? '{}')).data;
  } catch {
    return undefined;
  }
}

function splitList(text: string | undefined): string[] | undefined {
  return text?.split(',').map((item) => item.trim());
}

/** Jobs older than seven days are hidden unless StartTime says otherwise, and other people's unless ShowOwn is false. */
export function readFilter(query: Query, now: number): Read<JobFilter> {
  const from = readSeconds(query, 'StartTime');
  if ('refusal' in from) return from;
  const to = readSeconds(query, 'EndTime');
  if ('refusal' in to) return to;
  const showOwn = query.get('ShowOwn') ?? 'true';
  if (showOwn !== 'true' && showOwn !== 'false')
    return { refusal: refuseParameter('ShowOwn: must be true or false.') };
  const tags = readTags(query.get('Tags'));
  if (!tags) return { refusal: refuseParameter('Tags: must be a JSON object whose values are strings.') };
  return {
    value: {
      query,
      tags,
      ownOnly: showOwn === 'true',
      from: from.value ?? Math.floor(now / 1000) - defaultWindowSeconds,
      to: to.value ?? Number.POSITIVE_INFINITY,
      jobIds: splitList((query.get('JobId') ?? query.get('JobIds'))?.toLowerCase()),
      statuses: splitList(query.get('Status')),
    },
  };
}

export function matches(job: JobRecord, filter: JobFilter, userId: string): boolean {
  const { query } = filter;
  const created = Math.floor(job.createdAt / 1000);
  const settings = asObject(job.request.Settings);
  const tags = asObject(settings.Tags);
  const name = query.get('DisplayName')?.toLowerCase();
  const workspaceId = query.get('WorkspaceId');
  return (
    created >= filter.from &&
    created <= filter.to &&
    (!filter.ownOnly || job.userId === userId) &&
    (workspaceId === undefined || job.workspaceId === workspaceId) &&
    (name === undefined || String(job.request.DisplayName).toLowerCase().includes(name)) &&
    (!filter.jobIds || filter.jobIds.includes(job.jobId)) &&
    (!filter.statuses || filter.statuses.includes(job.status)) &&
    Object.entries(filter.tags).every(([key, value]) => Object.hasOwn(tags, key) && tags[key] === value) &&
    exactFilters.every((key) => !query.has(key) || job.request[key] === query.get(key)) &&
    settingsFilters.every((key) => !query.has(key) || settings[key] === query.get(key))
  );
}

function asObject(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {};
}
