import { randomInt } from 'node:crypto';
import * as z from 'zod';
import { type Answer, done, type Read, refuse, refuseParameter } from './answer';
import { parseBody } from './create-job';
import type { Cloud, Operation, Question } from './operation';
import { readInteger, readQuery } from './query';
import type { Entry, Kind } from './registry';

const letters = 'abcdefghijklmnopqrstuvwxyz0123456789';

export function newEntryId(prefix: string): string {
  return `${prefix}${Array.from({ length: 16 }, () => letters[randomInt(letters.length)]).join('')}`;
}

/** The body of a request that makes an entry, or why it is refused. */
export function readFields<T extends z.ZodType>(question: Question, shape: T): Read<z.infer<T>> {
  const body = parseBody(question.body);
  if ('refusal' in body) return body;
  const parsed = shape.safeParse(body.value);
  if (parsed.success) return { value: parsed.data };
  const issue = parsed.error.issues[0];
  return { refusal: refuseParameter(`${issue?.path.join('.')}: ${issue?.message}.`) };
}

/** A field that must hold something. */
export const named = z
  .string('must be given')
  .min(1, 'must not be empty')
  .max(128, 'must have at most 128 characters');

/** A field that may be left out. */
export const optional = z
  .string('must be a text')
  .max(1_024, 'must have at most 1024 characters')
  .nullish()
  .transform((value) => value ?? '');

export type Listing<K extends Kind> = {
  kind: K;
  /** The answer's name for the list. */
  name: string;
  /** The query's name for a part of an entry's name. */
  filter: string;
  toView(entry: Entry<K>): Record<string, unknown>;
};

/** A page of a registry's entries, newest first (dlc-api.md §6). */
export function listEntries<K extends Kind>(listing: Listing<K>): Operation {
  return ({ registry }: Cloud, question) => {
    const query = readQuery(question.query);
    if ('refusal' in query) return query.refusal;
    const page = readInteger(query.value, 'PageNumber', { fallback: 1, min: 1, max: 1_000 });
    if ('refusal' in page) return page.refusal;
    const size = readInteger(query.value, 'PageSize', { fallback: 20, min: 1, max: 100 });
    if ('refusal' in size) return size.refusal;
    const workspaceId = query.value.get('WorkspaceId');
    const part = query.value.get(listing.filter)?.toLowerCase() ?? '';
    const entries: Entry<K>[] = registry.all(listing.kind);
    const found = entries
      .filter((entry) => workspaceId === undefined || entry.workspaceId === workspaceId)
      .filter((entry) => entry.name.toLowerCase().includes(part))
      .toReversed();
    const from = (page.value - 1) * size.value;
    const views = found.slice(from, from + size.value).map(listing.toView);
    return done({ [listing.name]: views, TotalCount: found.length });
  };
}

export function getEntry<K extends Kind>({ kind, toView }: Listing<K>): Operation {
  return ({ registry }: Cloud, question) => {
    const found = registry.find(kind, question.ids[0] ?? '');
    return found ? done(toView(found)) : notFound(question);
  };
}

export function removeEntry(kind: Kind): Operation {
  return ({ registry }: Cloud, question) =>
    registry.remove(kind, question.ids[0] ?? '') ? done({}) : notFound(question);
}

function notFound({ ids }: Question): Answer {
  return refuse(404, 'NotFound', `${ids[0]} is not registered with this local DLC.`);
}

export function toGmt(at: number): string {
  return new Date(at).toISOString().replace(/\.\d+Z$/, 'Z');
}
