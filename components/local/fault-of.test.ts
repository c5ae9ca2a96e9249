import { expect, it } from 'vitest';
import { faultOf } from './fault-of';

const refused = (message: string) =>
  ({ kind: 'refused', api: { status: 400, code: 'InvalidParameter', message, requestId: 'r' } }) as const;

it('finds the field a refusal is about', () => {
  expect(faultOf(refused('Uri: /x is not a folder.'), ['Name', 'Uri'])).toEqual({
    wireName: 'Uri',
    sentence: '/x is not a folder.',
  });
  expect(faultOf(refused('Uri: must be given.'), ['Uri'])?.sentence).toBe('Must be given.');
});

it('leaves every other problem to the notice', () => {
  expect(faultOf(refused('Uri: /x is not a folder.'), ['Name'])).toBeUndefined();
  expect(faultOf(refused('The disk is full.'), ['Name'])).toBeUndefined();
  expect(faultOf({ kind: 'unreachable', reason: 'ECONNREFUSED' }, ['Name'])).toBeUndefined();
});
