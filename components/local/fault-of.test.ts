import { expect, it } from 'vitest';
import { faultOf } from './fault-of';

const refused = (message: string) =>
  ({ kind: 'refused', api: { status: 400, code: 'InvalidParameter', message, requestId: 'r' } }) as const;

it('finds the field a refusal is about, and the sentence for it', () => {
  expect(faultOf(refused('Uri: /x is not a folder.'), ['Name', 'Uri'])).toEqual({
    wireName: 'Uri',
    said: '/x is not a folder.',
    key: 'local.fault.noFolder',
    params: { path: '/x' },
  });
});

it('quotes what it has no sentence for', () => {
  expect(faultOf(refused('Uri: must be blue.'), ['Uri'])).toEqual({ wireName: 'Uri', said: 'Must be blue.' });
});

it('leaves every other problem to the notice', () => {
  expect(faultOf(refused('Uri: /x is not a folder.'), ['Name'])).toBeUndefined();
  expect(faultOf(refused('The disk is full.'), ['Name'])).toBeUndefined();
  expect(faultOf({ kind: 'unreachable', reason: 'ECONNREFUSED' }, ['Name'])).toBeUndefined();
});
