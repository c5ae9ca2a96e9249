import { randomUUID } from 'node:crypto';
import type { SubmissionRow } from './schema';

/** A submission just reserved. */
export function newRow(): SubmissionRow {
  const at = new Date().toISOString();
  return {
    id: randomUUID(),
    state: 'reserved',
    attempt: 1,
    fingerprint: 'f',
    body: '{}',
    secrets: null,
    endpoint: 'http://dlc',
    region: null,
    identity: 'me',
    who: 'ada',
    job_id: null,
    display_name: 'mnist',
    job_type: 'PyTorchJob',
    request_id: null,
    problem: null,
    owner: null,
    lease_until: null,
    signed_at: null,
    created_at: at,
    updated_at: at,
    workspace_id: '',
    first_signed_at: null,
    resend: 0,
    doubted: 0,
    look_at: null,
    looks: 0,
    last_look: null,
    other_jobs: null,
  };
}
