import 'server-only';
import { withoutMark } from '@/lib/dlc/mark';
import { mask, replaceLeaves, secretLeaves } from '@/lib/dlc/secrets';
import type { Connection } from './dlc';
import type { Sealer } from './seal';
import type { SubmissionRow } from './store/schema';

type Body = Record<string, unknown>;
type Origin = {
  id: string;
  who: string;
  connection: Connection;
  sealer: Sealer;
  now: Date;
  resend: boolean;
};

/** One text for all bodies that are equal as JSON values, whatever mark they bear: names sorted, no blanks. */
export function toCanonical(body: Body): string {
  return JSON.stringify(withoutMark(body), (_key, value: unknown) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
    return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
}

/** The row of a first attempt, reserved, and the secrets of its body in the clear. */
export function newSubmissionRow(body: Body, { id, who, connection, sealer, now, resend }: Origin) {
  const composed = withoutMark(body);
  const leaves = secretLeaves(composed);
  const masked = leaves.map(({ path }) => ({ path, value: mask }));
  const row: SubmissionRow = {
    id,
    state: 'reserved',
    attempt: 1,
    fingerprint: sealer.fingerprint(toCanonical(body)),
    body: JSON.stringify(replaceLeaves(composed, masked)),
    secrets: leaves.length === 0 ? null : sealer.seal(JSON.stringify(leaves), id),
    endpoint: connection.endpoint,
    region: connection.region ?? null,
    identity: connection.credentials.accessKeyId,
    who,
    job_id: null,
    display_name: typeof body.DisplayName === 'string' ? body.DisplayName : '',
    job_type: typeof body.JobType === 'string' ? body.JobType : '',
    request_id: null,
    problem: null,
    owner: null,
    lease_until: null,
    signed_at: null,
    created_at: now.toISOString(),
    updated_at: now.toISOString(),
    workspace_id: typeof body.WorkspaceId === 'string' ? body.WorkspaceId : '',
    first_signed_at: null,
    resend: resend ? 1 : 0,
    doubted: 0,
    look_at: null,
    looks: 0,
    last_look: null,
    other_jobs: null,
  };
  return { row, secrets: leaves.map(({ value }) => value) };
}
