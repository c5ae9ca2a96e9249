import * as z from 'zod';
import { type Read, refuseParameter } from './answer';
import type { JobRecord } from './job-record';
import { type Measure, measures, paymentTypeOf, searchTexts } from './job-search';
import { type Query, readSeconds } from './query';

const exactFilters = ['JobType', 'ResourceId', 'TemplateId'] as const;
const settingsFilters = ['Caller', 'BusinessUserId', 'PipelineId'] as const;

const defaultWindowSeconds = 7 * 24 * 3_600;

type Test = (job: JobRecord) => boolean;

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

/**
 * What ListJobs is asked for (dlc-api.md §2.3), as one test. Jobs older than seven days are hidden unless StartTime says
 * otherwise, and other people's unless ShowOwn is false.
 */
export function readFilter(query: Query, userId: string, now: number): Read<Test> {
  const time = readTimeTest(query, now);
  if ('refusal' in time) return time;
  const range = readRangeTest(query);
  if ('refusal' in range) return range;
  const showOwn = readFlag(query, 'ShowOwn', 'true');
  if ('refusal' in showOwn) return showOwn;
  const everywhere = readFlag(query, 'FromAllWorkspaces', 'false');
  if ('refusal' in everywhere) return everywhere;
  const tags = readTags(query.get('Tags'));
  if (!tags) return { refusal: refuseParameter('Tags: must be a JSON object whose values are strings.') };
  const tests: Test[] = [
    time.value,
    range.value,
    ({ userId: owner }) => !showOwn.value || owner === userId,
    ({ request }) => holdsTags(asObject(asObject(request.Settings).Tags), tags),
    ...readTextTests(query),
    ...readListTests(query),
  ];
  return { value: (job) => tests.every((test) => test(job)) };
}

function readFlag(query: Query, name: string, fallback: string): Read<boolean> {
  const text = query.get(name) ?? fallback;
  if (text === 'true' || text === 'false') return { value: text === 'true' };
  return { refusal: refuseParameter(`${name}: must be true or false.`) };
}

function readTimeTest(query: Query, now: number): Read<Test> {
  const from = readSeconds(query, 'StartTime');
  if ('refusal' in from) return from;
  const to = readSeconds(query, 'EndTime');
  if ('refusal' in to) return to;
  const field = query.get('TimeRangeField') ?? 'GmtCreateTime';
  const timeOf = Object.hasOwn(measures.times, field) ? measures.times[field] : undefined;
  if (!timeOf)
    return {
      refusal: refuseParameter(`TimeRangeField: must be one of ${Object.keys(measures.times).join(', ')}.`),
    };
  const first = from.value ?? Math.floor(now / 1000) - defaultWindowSeconds;
  return { value: isBetween((job) => floorSeconds(timeOf(job)), first, to.value) };
}

function floorSeconds(ms: number | undefined): number | undefined {
  return ms === undefined ? undefined : Math.floor(ms / 1000);
}

function readRangeTest(query: Query): Read<Test> {
  const field = query.get('NumericRangeField');
  if (field === undefined) return { value: () => true };
  const numberOf = Object.hasOwn(measures.numbers, field) ? measures.numbers[field] : undefined;
  if (!numberOf)
    return {
      refusal: refuseParameter(
        `NumericRangeField: must be one of ${Object.keys(measures.numbers).join(', ')}.`,
      ),
    };
  const ends: (number | undefined)[] = [];
  for (const name of ['NumericRangeMin', 'NumericRangeMax']) {
    const text = query.get(name);
    if (text !== undefined && !/^-?\d{1,15}$/.test(text))
      return { refusal: refuseParameter(`${name}: must be an integer.`) };
    ends.push(text === undefined ? undefined : Number(text));
  }
  return { value: isBetween(numberOf, ends[0], ends[1]) };
}

/** Both ends are included. */
function isBetween(
  measure: Measure,
  least = Number.NEGATIVE_INFINITY,
  most = Number.POSITIVE_INFINITY,
): Test {
  return (job) => {
    const value = measure(job);
    return value !== undefined && value >= least && value <= most;
  };
}

function holdsTags(tags: Record<string, unknown>, wanted: Record<string, string>): boolean {
  return Object.entries(wanted).every(([key, value]) => Object.hasOwn(tags, key) && tags[key] === value);
}

function readTextTests(query: Query): Test[] {
  return Object.entries(searchTexts).flatMap(([name, { textOf, isFullText }]) => {
    const wanted = query.get(name)?.toLowerCase();
    if (wanted === undefined) return [];
    const parts = isFullText ? wanted.split(/[^\p{L}\p{N}]+/u).filter((part) => part !== '') : [wanted];
    return [
      (job: JobRecord) => {
        const text = textOf(job).toLowerCase();
        return parts.every((part) => text.includes(part));
      },
    ];
  });
}

function readListTests(query: Query): Test[] {
  const jobIds = splitList((query.get('JobId') ?? query.get('JobIds'))?.toLowerCase());
  const statuses = splitList(query.get('Status'));
  const resourceIds = splitList(query.get('ResourceIds'));
  const same = (name: string, read: (job: JobRecord) => unknown): Test[] =>
    query.has(name) ? [(job) => read(job) === query.get(name)] : [];
  return [
    ...same('WorkspaceId', (job) => job.workspaceId),
    ...same('UserIdForFilter', (job) => job.userId),
    ...same('Accessibility', ({ request }) => request.Accessibility ?? 'PRIVATE'),
    ...same('PaymentType', paymentTypeOf),
    // Nothing here is ever oversold.
    ...same('OversoldInfo', ({ request }) => {
      const type = asObject(request.Settings).OversoldType;
      return type === 'AcceptQuotaOverSold' ? `${type}-false` : type;
    }),
    ...same('EnableAssignNode', ({ request }) => String(assignsNodes(request))),
    ...exactFilters.flatMap((name) => same(name, ({ request }) => request[name])),
    ...settingsFilters.flatMap((name) => same(name, ({ request }) => asObject(request.Settings)[name])),
    ({ jobId }) => !jobIds || jobIds.includes(jobId),
    ({ status }) => !statuses || statuses.includes(status),
    ({ request }) => !resourceIds || resourceIds.includes(String(request.ResourceId ?? '')),
  ];
}

function assignsNodes(request: Record<string, unknown>): boolean {
  const specs: unknown[] = Array.isArray(request.JobSpecs) ? request.JobSpecs : [];
  return specs.some((spec) => asObject(asObject(spec).AssignNodeSpec).EnableAssignNode === true);
}

function asObject(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {};
}
