import { type Draft, isDraft, newDraft, toDraft } from '@/lib/dlc/draft';
import { type Bag, isBag } from '@/lib/dlc/draft-codec';
import { putSecretsBack, takeSecretsOut } from './draft-secrets';
import { isUuid, newId } from './ids';

/** What the browser keeps of a draft. Texts that look like credentials stay with the tab and are masked here. */
export type DraftRecord = {
  version: 1;
  id: string;
  submissionId: string;
  draft: Draft;
  savedAt: number;
  /** The job this draft was composed from. */
  from?: string;
  /** The job this draft became. */
  sentAs?: string;
};

/** A body to start from: the starter job, another job without its secrets, or a submission that made no job. */
export type Seed = { body: Bag; from?: string; submissionId?: string };

const prefix = 'jobwright:draft:';
const secretsPrefix = 'jobwright:secrets:';
const sentLifeMs = 7 * 24 * 3600 * 1000;

export function newRecord(draft: Draft = newDraft(), id = newId()): DraftRecord {
  return { version: 1, id, submissionId: newId(), draft, savedAt: 0 };
}

function parseRecord(text: string | null): DraftRecord | undefined {
  if (text === null) return undefined;
  try {
    const record: DraftRecord = JSON.parse(text);
    const whole = record.version === 1 && isUuid(record.id) && isUuid(record.submissionId);
    return whole && isDraft(record.draft) ? record : undefined;
  } catch {
    return undefined;
  }
}

/** The credentials of a draft that this tab still knows, by what they belong to. */
function readSecrets(id: string): Record<string, string> {
  try {
    const secrets: unknown = JSON.parse(sessionStorage.getItem(secretsPrefix + id) ?? '{}');
    return isBag(secrets) ? (secrets as Record<string, string>) : {};
  } catch {
    return {};
  }
}

/** The draft kept under an id, with the credentials this tab still knows. */
export function readDraft(id: string): DraftRecord | undefined {
  try {
    const record = parseRecord(localStorage.getItem(prefix + id));
    return record && { ...record, draft: putSecretsBack(record.draft, readSecrets(id)) };
  } catch {
    return undefined;
  }
}

/** The storage key of a draft, for those who listen to other tabs. */
export function draftKey(id: string): string {
  return prefix + id;
}

/** Drafts opened in this tab: they outlive a browser that refuses to keep them. */
const opened = new Map<string, DraftRecord>();

/** The draft of an id; a new one under that id where none is kept. */
export function openDraft(id: string): DraftRecord {
  const record = opened.get(id) ?? readDraft(id) ?? newRecord(newDraft(), id);
  opened.set(id, record);
  return record;
}

/** Keeps a draft; false where the browser refuses (storage full or shut). */
export function writeDraft(record: DraftRecord): boolean {
  opened.set(record.id, record);
  const { draft, secrets } = takeSecretsOut(record.draft);
  try {
    sessionStorage.setItem(secretsPrefix + record.id, JSON.stringify(secrets));
    localStorage.setItem(prefix + record.id, JSON.stringify({ ...record, draft }));
    return true;
  } catch {
    return false;
  }
}

export function discardDraft(id: string): void {
  opened.delete(id);
  localStorage.removeItem(prefix + id);
  sessionStorage.removeItem(secretsPrefix + id);
}

/** A new draft from a seed; a submission's own draft where this browser still keeps it. */
export function startDraft(seed: Seed | undefined): DraftRecord {
  if (!seed) return openDraft(newId());
  const own = seed.submissionId && allDrafts().find(({ submissionId }) => submissionId === seed.submissionId);
  if (own) return openDraft(own.id);
  const from = seed.from === undefined ? {} : { from: seed.from };
  const record = { ...newRecord(toDraft(seed.body)), ...from, savedAt: Date.now() };
  writeDraft(record);
  return record;
}

function allDrafts(): DraftRecord[] {
  try {
    return Object.keys(localStorage)
      .filter((key) => key.startsWith(prefix))
      .flatMap((key) => parseRecord(localStorage.getItem(key)) ?? []);
  } catch {
    return [];
  }
}

/** Drafts that were not submitted, newest first. Submitted ones are forgotten after a week. */
export function listDrafts(now = Date.now()): DraftRecord[] {
  const [kept, sent] = [allDrafts().filter(isUnsent), allDrafts().filter((record) => !isUnsent(record))];
  for (const { id, savedAt } of sent) if (savedAt < now - sentLifeMs) discardDraft(id);
  return kept.sort((a, b) => b.savedAt - a.savedAt);
}

function isUnsent({ sentAs }: DraftRecord): boolean {
  return sentAs === undefined;
}
