/**
 * How a body becomes what controls can hold, and back. Texts and numbers are text, flags are booleans, maps and
 * lists of strings are rows. What no control can hold (unknown fields, explicit empties, values of another type)
 * stays in `rest`, which speaks only where the control is blank. So nothing is lost and nothing is invented.
 */
export type Kind =
  | { kind: 'text' }
  | { kind: 'number' }
  | { kind: 'flag' }
  | { kind: 'texts' }
  | { kind: 'map' }
  | { kind: 'list'; of: ObjectKind }
  | ObjectKind;
export type ObjectKind = { kind: 'object'; leaves: Record<string, Kind> };

export type Bag = Record<string, unknown>;
export type TextRow = { value: string; rest: Bag };
export type MapRow = { key: string; value: string; rest: Bag };

export type DraftOf<K> = K extends { kind: 'text' | 'number' }
  ? string
  : K extends { kind: 'flag' }
    ? boolean
    : K extends { kind: 'texts' }
      ? TextRow[]
      : K extends { kind: 'map' }
        ? MapRow[]
        : K extends { kind: 'list'; of: infer O }
          ? DraftOf<O>[]
          : K extends { kind: 'object'; leaves: infer L }
            ? { [P in keyof L]: DraftOf<L[P]> } & { rest: Bag }
            : never;

export const text = { kind: 'text' } as const;
export const number = { kind: 'number' } as const;
export const flag = { kind: 'flag' } as const;
export const texts = { kind: 'texts' } as const;
export const map = { kind: 'map' } as const;

export function object<L extends Record<string, Kind>>(leaves: L): { kind: 'object'; leaves: L } {
  return { kind: 'object', leaves };
}

export function list<O extends ObjectKind>(of: O): { kind: 'list'; of: O } {
  return { kind: 'list', of };
}

export function isBag(value: unknown): value is Bag {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const plainNumber = /^-?\d+(\.\d+)?$/;

/** A number's text as a number; text that is none stays text, so that the schema names it. */
function fromNumberText(value: string): unknown {
  const trimmed = value.trim();
  const parsed = Number(trimmed);
  const exact = plainNumber.test(trimmed) && (!Number.isInteger(parsed) || Number.isSafeInteger(parsed));
  return exact ? parsed : value;
}

/** Whether a control of this kind can hold the value. */
function fits(kind: Kind, value: unknown): boolean {
  switch (kind.kind) {
    case 'text':
      return typeof value === 'string';
    case 'number':
      return typeof value === 'number' && fromNumberText(String(value)) === value;
    case 'flag':
      return typeof value === 'boolean';
    case 'texts':
      return Array.isArray(value);
    case 'list':
      return Array.isArray(value) && value.every(isBag);
    case 'map':
    case 'object':
      return isBag(value);
  }
}

function rowRest(value: unknown): Bag {
  return typeof value === 'string' && value !== '' ? {} : { value };
}

function decode(kind: Kind, value: unknown): unknown {
  switch (kind.kind) {
    case 'text':
      return value ?? '';
    case 'number':
      return value === undefined ? '' : String(value);
    case 'flag':
      return value ?? false;
    case 'texts':
      return (Array.isArray(value) ? value : []).map((item) => ({
        value: typeof item === 'string' ? item : '',
        rest: rowRest(item),
      }));
    case 'map':
      return Object.entries(isBag(value) ? value : {}).map(([key, item]) => ({
        key,
        value: typeof item === 'string' ? item : '',
        rest: key !== '' && item === '' ? {} : rowRest(item),
      }));
    case 'list':
      return (Array.isArray(value) ? value : []).map((item) => decode(kind.of, item));
    case 'object':
      return decodeObject(kind, isBag(value) ? value : {});
  }
}

function decodeObject(kind: ObjectKind, value: Bag): Bag {
  const draft: Bag = {};
  const rest: Bag = {};
  for (const [key, leaf] of Object.entries(kind.leaves)) {
    const item = Object.hasOwn(value, key) ? value[key] : undefined;
    const held = item !== undefined && fits(leaf, item);
    draft[key] = decode(leaf, held ? item : undefined);
    if (item !== undefined && encode(leaf, draft[key]) === undefined) rest[key] = item;
  }
  for (const [key, item] of Object.entries(value)) if (!Object.hasOwn(kind.leaves, key)) rest[key] = item;
  return { ...draft, rest };
}

/** Whether a row says something; blank rows are left out of the body. */
export function isKept(row: TextRow | MapRow): boolean {
  return row.value !== '' || ('key' in row && row.key !== '') || Object.hasOwn(row.rest ?? {}, 'value');
}

function rowValue(row: TextRow | MapRow): unknown {
  return row.value !== '' ? row.value : Object.hasOwn(row.rest ?? {}, 'value') ? row.rest.value : '';
}

function encode(kind: Kind, draft: unknown): unknown {
  switch (kind.kind) {
    case 'text':
      return draft === '' ? undefined : draft;
    case 'number':
      return draft === '' ? undefined : fromNumberText(String(draft));
    case 'flag':
      return draft === true ? true : undefined;
    case 'texts': {
      const rows = (draft as TextRow[]).filter(isKept);
      return rows.length > 0 ? rows.map(rowValue) : undefined;
    }
    case 'map': {
      const rows = (draft as MapRow[]).filter(isKept);
      return rows.length > 0 ? Object.fromEntries(rows.map((row) => [row.key, rowValue(row)])) : undefined;
    }
    case 'list': {
      const items = draft as Bag[];
      return items.length > 0 ? items.map((item) => encodeObject(kind.of, item)) : undefined;
    }
    case 'object': {
      const body = encodeObject(kind, draft as Bag);
      return Object.keys(body).length > 0 ? body : undefined;
    }
  }
}

function encodeObject(kind: ObjectKind, draft: Bag): Bag {
  const rest = isBag(draft.rest) ? draft.rest : {};
  const body: Bag = {};
  for (const [key, leaf] of Object.entries(kind.leaves)) {
    const item = encode(leaf, draft[key] ?? decode(leaf, undefined)) ?? rest[key];
    if (item !== undefined) body[key] = item;
  }
  for (const [key, item] of Object.entries(rest)) if (!Object.hasOwn(kind.leaves, key)) body[key] = item;
  return body;
}

/** Total: whatever the value is, there is a draft that gives it back. */
export function toDraftOf<K extends ObjectKind>(kind: K, value: Bag): DraftOf<K> {
  // The recursion is over data, which the type system cannot follow; the property test stands for it.
  return decodeObject(kind, value) as DraftOf<K>;
}

/** Total: an unfinished draft has a body too. */
export function toBodyOf<K extends ObjectKind>(kind: K, draft: DraftOf<K>): Bag {
  return encodeObject(kind, draft as Bag);
}

/** Whether a value has the structure of a draft of this kind, as one kept by a browser should. */
export function isDraftOf(kind: Kind, value: unknown): boolean {
  switch (kind.kind) {
    case 'text':
    case 'number':
      return typeof value === 'string';
    case 'flag':
      return typeof value === 'boolean';
    case 'texts':
      return Array.isArray(value) && value.every((row) => isBag(row) && typeof row.value === 'string');
    case 'map': {
      const isRow = (row: unknown) =>
        isBag(row) && typeof row.key === 'string' && typeof row.value === 'string';
      return Array.isArray(value) && value.every(isRow);
    }
    case 'list':
      return Array.isArray(value) && value.every((item) => isDraftOf(kind.of, item));
    case 'object':
      return isBag(value) && Object.entries(kind.leaves).every(([key, leaf]) => isDraftOf(leaf, value[key]));
  }
}
