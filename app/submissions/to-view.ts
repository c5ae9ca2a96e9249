import 'server-only';
import { withMark } from '@/lib/dlc/mark';
import { maskSecrets } from '@/lib/dlc/secrets';
import type { Problem } from '@/lib/problem';
import {
  parseWhy,
  type SubmissionEvent,
  type SubmissionSearch,
  type SubmissionSummary,
  type SubmissionView,
} from '@/lib/query/submission-view';
import { isSamePlace } from '@/lib/server/place';
import type { Services } from '@/lib/server/services';
import type { SubmissionView as Recorded } from '@/lib/server/submission';
import { toTiming } from '@/lib/server/timing';

export function toSubmissionSummary(recorded: Recorded): SubmissionSummary {
  const { id, state, displayName, jobType, who, identity, createdAt, endpoint, region } = recorded;
  return {
    id,
    state,
    displayName,
    jobType,
    who,
    identity,
    submittedAt: createdAt,
    jobId: recorded.jobId ?? '',
    requestId: recorded.requestId ?? '',
    endpoint,
    ...(region ? { region } : {}),
  };
}

export function toSubmissionView(
  recorded: Recorded,
  connection: Pick<
    Services['connection'],
    'kind' | 'endpoint' | 'region' | 'credentials' | 'signatureLifeMs'
  >,
): SubmissionView {
  const { body, id, sentAt, problem, events } = recorded;
  return {
    ...toSubmissionSummary(recorded),
    body: maskSecrets(sentAt === undefined ? body : withMark(body, id)),
    isHere: isSamePlace(recorded, connection),
    ...(sentAt ? { sentAt } : {}),
    ...(problem ? { problem } : {}),
    events: events.map(toEvent),
    attempt: recorded.attempt,
    resend: recorded.resend,
    otherJobs: recorded.otherJobs,
    ...(sentAt ? { search: toSearch(recorded, sentAt, connection) } : {}),
  };
}

function toSearch(
  { looks, nextLookAt, lastLook }: Recorded,
  sentAt: string,
  connection: Pick<Services['connection'], 'kind' | 'signatureLifeMs'>,
): SubmissionSearch {
  return {
    looks,
    ...(nextLookAt ? { nextAt: nextLookAt } : {}),
    ...(lastLook ? { last: lastLook } : {}),
    absentFrom: new Date(Date.parse(sentAt) + toTiming(connection).absenceAfterMs).toISOString(),
  };
}

export function toEvent({ at, state, detail }: Recorded['events'][number]): SubmissionEvent {
  const why = parseWhy(detail.why);
  return {
    at,
    state,
    detail: toEventWords(detail),
    ...(why ? { why } : {}),
    ...(typeof detail.decidedBy === 'string' ? { decidedBy: detail.decidedBy } : {}),
  };
}

/** The few words of an event that are evidence, word for word. */
function toEventWords(detail: Record<string, unknown>): string {
  // The ledger alone writes `problem`, and as a Problem.
  const problem = detail.problem as Problem | undefined;
  const said = problem && 'api' in problem && problem.api ? [problem.api.code, problem.api.requestId] : [];
  const reason = problem && 'reason' in problem ? [problem.reason] : [];
  return [detail.jobId, detail.requestId, ...reason, ...said]
    .filter((word) => typeof word === 'string' && word !== '')
    .join(' · ');
}
