import { parsePage } from './page';
import { type SubmissionState, submissionStates } from './submission-view';

/** What the list of submissions is narrowed to. Days are `yyyy-mm-dd` in UTC; '' and an empty list do not narrow. */
export type SubmissionQuery = {
  page: number;
  states: SubmissionState[];
  who: string;
  text: string;
  from: string;
  to: string;
};

type Given = Record<string, string | string[] | undefined>;

/** A query from an address; what makes no sense there is left out. */
export function parseSubmissionQuery(given: Given): SubmissionQuery {
  const states = [given.state ?? []].flat();
  return {
    page: parsePage(given.page),
    states: submissionStates.filter((state) => states.includes(state)),
    who: toText(given.who),
    text: toText(given.q),
    from: toDay(given.from),
    to: toDay(given.to),
  };
}

/** The address's part after the `?`, defaults omitted; '' where nothing is left. */
export function toSubmissionSearch({ page, states, who, text, from, to }: SubmissionQuery): string {
  const search = new URLSearchParams(states.map((state) => ['state', state]));
  for (const [name, value] of Object.entries({ who, q: text, from, to })) if (value) search.set(name, value);
  if (page > 1) search.set('page', String(page));
  return search.size === 0 ? '' : `?${search}`;
}

export function isNarrowed({ page: _page, states, ...texts }: SubmissionQuery): boolean {
  return states.length > 0 || Object.values(texts).some((text) => text !== '');
}

/** Without control characters: PostgreSQL takes no NUL in a text. */
function toText(value: string | string[] | undefined): string {
  return typeof value === 'string'
    ? value
        .replace(/\p{Cc}/gu, '')
        .trim()
        .slice(0, 256)
    : '';
}

function toDay(value: string | string[] | undefined): string {
  return typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value) && !Number.isNaN(Date.parse(value))
    ? value
    : '';
}
