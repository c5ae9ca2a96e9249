import { describe, expect, it } from 'vitest';
import { checkCreateJob } from './check';
import { checkCases } from './check-cases';

describe('checkCreateJob', () => {
  it.each(checkCases)('%s', (_name, body, expected) => {
    expect(checkCreateJob(body).map((fault) => `${fault.path.join('.')} ${fault.key}`)).toEqual(expected);
  });

  it('never speaks in the words of the library', () => {
    const hostile = {
      DisplayName: [],
      JobType: null,
      JobSpecs: [null, 5, { ExtraPodSpec: 7, ResourceConfig: [] }],
      Envs: 'A=1',
      Settings: [],
      UserVpc: 1,
    };
    for (const fault of [...checkCreateJob(hostile), ...checkCreateJob({}), ...checkCreateJob(null)])
      expect(fault.key).toMatch(/^[a-zA-Z]+(\.[a-zA-Z]+)?$/);
  });
});
