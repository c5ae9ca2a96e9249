import 'server-only';
import type { Insertable, Kysely, Selectable, Transaction } from 'kysely';

/** `reserved` and `sending` pass; `unconfirmed` waits for proof; the others stay as they are. */
export type SubmissionState =
  | 'reserved'
  | 'sending'
  | 'accepted'
  | 'refused'
  | 'unconfirmed'
  | 'not-created'
  | 'needs-attention'
  | 'cancelled';

/** Times are text, ISO 8601 in UTC with milliseconds: they compare as they sort. Structures are JSON text. */
type SubmissionTable = {
  id: string;
  state: SubmissionState;
  /** Counts up each time the submission is reserved again; with the state it fences every write. */
  attempt: number;
  /** HMAC of the canonical body without its mark. */
  fingerprint: string;
  /** The body without its mark, secrets masked. */
  body: string;
  /** The secret leaves of the body, sealed. */
  secrets: string | null;
  endpoint: string;
  region: string | null;
  /** The access key id it is sent with. */
  identity: string;
  who: string;
  job_id: string | null;
  display_name: string;
  job_type: string;
  request_id: string | null;
  problem: string | null;
  /** The process that sends it, and until when it may be believed to be alive. */
  owner: string | null;
  lease_until: string | null;
  signed_at: string | null;
  created_at: string;
  updated_at: string;
  /** '' where the body names none. */
  workspace_id: string;
  /** When the earliest attempt was signed whose job may still turn up. */
  first_signed_at: string | null;
  /** 1: the person asked to send it again without a further press once it is proven that no job exists. */
  resend: number;
  /** 1: a request that had left was taken for one that made no job, so a job of it may still turn up. */
  doubted: number;
  /** When a listing is to be searched for its job next, and how often that has been done. */
  look_at: string | null;
  looks: number;
  last_look: string | null;
  /** Jobs with its mark besides `job_id`; a list. */
  other_jobs: string | null;
};

/** An unfiltered listing of this place that showed the mark of a job known to be accepted. */
type SightingTable = {
  place: string;
  identity: string;
  workspace_id: string;
  submission_id: string;
  seen_at: string;
};

/** Appended to and never changed. `seq` counts from 1 within a submission. */
type SubmissionEventTable = {
  submission_id: string;
  seq: number;
  attempt: number;
  at: string;
  state: SubmissionState;
  detail: string | null;
};

export type Schema = {
  submissions: SubmissionTable;
  submission_events: SubmissionEventTable;
  mark_sightings: SightingTable;
  schema_version: { version: number };
  /** Of the key that seals what is kept here. */
  secret_key: { id: number; fingerprint: string };
};

export type Store = {
  kind: 'sqlite' | 'postgres';
  db: Kysely<Schema>;
  /**
   * Does all of `work` or nothing; resolves when it is on the disk. `work` may run again, the first times in vain, and
   * waits for nothing but the transaction.
   */
  write<T>(work: (trx: Transaction<Schema>) => Promise<T>): Promise<T>;
  /** As `write`, of work that is one statement: where the store can, without the round trips of a transaction. */
  writeOne<T>(work: (db: Kysely<Schema>) => Promise<T>): Promise<T>;
  close(): Promise<void>;
};
export type SubmissionRow = Selectable<SubmissionTable>;
export type NewSubmissionRow = Insertable<SubmissionTable>;
export type SubmissionEventRow = Selectable<SubmissionEventTable>;
