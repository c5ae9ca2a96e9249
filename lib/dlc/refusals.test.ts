import { expect, it } from 'vitest';
import { refusedField } from './refusals';

it.each([
  ['InvalidParameter.Priority', 'out of range', 'Priority'],
  ['MissingDisplayName', 'DisplayName is mandatory for this action.', 'DisplayName'],
  ['InvalidJobType', 'unknown', 'JobType'],
  ['InvalidParameter', 'The specified ResourceId quota-1 does not exist.', 'ResourceId'],
  ['InvalidParameter', 'DisplayName or JobType is wrong.', undefined],
  ['BadRequest', 'The resources exceed the quota.', undefined],
  ['InvalidAccessKeyId.NotFound', 'Specified access key is not found.', undefined],
])('%s “%s” is about %s', (code, message, expected) => {
  expect(refusedField({ code, message })).toBe(expected);
});
