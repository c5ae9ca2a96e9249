import { expect, it } from 'vitest';
import { isNarrowed, parseSubmissionQuery, toSubmissionSearch } from './submission-query';

it('comes back from an address as it went in', () => {
  const query = parseSubmissionQuery({
    page: '3',
    state: ['unconfirmed', 'refused'],
    who: 'ada',
    q: 'mnist & co',
    from: '2026-11-01',
    to: '2026-11-23',
  });
  const search = toSubmissionSearch(query);
  const pairs = new URLSearchParams(search);
  expect(parseSubmissionQuery({ ...Object.fromEntries(pairs), state: pairs.getAll('state') })).toEqual(query);
  expect(query.states).toEqual(['refused', 'unconfirmed']);
});

it('leaves out what makes no sense, and what is the default', () => {
  const odd = parseSubmissionQuery({
    page: '-1',
    state: 'gone',
    q: ' \u0000 ',
    from: '2026-13-45',
    to: 'x',
    who: ['a'],
  });
  expect(odd).toEqual({ page: 1, states: [], who: '', text: '', from: '', to: '' });
  expect(toSubmissionSearch(odd)).toBe('');
  expect(isNarrowed(odd)).toBe(false);
  expect(isNarrowed({ ...odd, text: 'a' })).toBe(true);
});
