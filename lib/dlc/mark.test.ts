import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { submissionTag, withMark, withoutMark } from './mark';

describe('withMark', () => {
  it('adds to Settings.Tags and replaces a mark that was there', () => {
    const body = { DisplayName: 'a', Settings: { Caller: 'c', Tags: { k: 'v', [submissionTag]: 'old' } } };
    expect(withMark(body, 'new')).toEqual({
      DisplayName: 'a',
      Settings: { Caller: 'c', Tags: { k: 'v', [submissionTag]: 'new' } },
    });
  });
});

describe('withoutMark', () => {
  it('undoes withMark for a body that says something in each object it has', () => {
    const tags = fc.dictionary(fc.constantFrom('a', 'b'), fc.string(), { minKeys: 1 });
    const settings = fc.record({ Caller: fc.string(), Tags: tags }, { requiredKeys: ['Caller'] });
    const body = fc.record(
      { DisplayName: fc.string(), Settings: settings },
      { requiredKeys: ['DisplayName'] },
    );
    fc.assert(
      fc.property(body, (value) => {
        expect(withoutMark(withMark(value, 'id'))).toEqual(value);
      }),
    );
  });

  it('leaves a body without a mark as it is', () => {
    const body = { Settings: { Tags: {} } };
    expect(withoutMark(body)).toBe(body);
  });
});
