import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkCreateJob } from './check';
import { carriedPaths, newDraft, toBody, toControlName, toDraft } from './draft';

/** As the other side of the wire reads it: there is no -0 in JSON. */
const asJson = (value: unknown) => JSON.parse(JSON.stringify(value));

const key = fc.constantFrom('A', 'nvidia.com/gpu', '', 'a b', 'constructor', 'rest', '0');
const textMap = fc.dictionary(key, fc.string());
const unknowns = fc.dictionary(
  fc.constantFrom('Zeta', 'ElasticSpec', 'rest', 'value', 'DebuggerConfigContent'),
  fc.jsonValue().filter((value) => !JSON.stringify(value).includes('__proto__')),
);

/** Some of the fields, each with a fitting value, and fields nobody knows. */
function some(fields: Record<string, fc.Arbitrary<unknown>>): fc.Arbitrary<Record<string, unknown>> {
  return fc
    .tuple(fc.record(fields, { requiredKeys: [] }), unknowns)
    .map(([known, others]) => ({ ...others, ...known }));
}

const text = fc.oneof(fc.constant(''), fc.string());
const texts = fc.array(text, { maxLength: 4 });
const container = some({
  Name: text,
  Image: text,
  Command: texts,
  Args: texts,
  WorkingDir: text,
  Env: fc.array(some({ Name: text, Value: text }), { maxLength: 3 }),
  Resources: some({ Limits: textMap, Requests: textMap }),
});
const role = some({
  Type: fc.constantFrom('Worker', 'PS', ''),
  Image: text,
  PodCount: fc.integer(),
  EcsSpec: text,
  ResourceConfig: some({ CPU: text, GPU: text, Memory: text, SharedMemory: text, GPUType: text }),
  UseSpotInstance: fc.boolean(),
  ExtraPodSpec: some({
    SideCarContainers: fc.array(container, { maxLength: 2 }),
    InitContainers: fc.array(container, { maxLength: 2 }),
    SharedVolumeMountPaths: texts,
  }),
});
const anyBody = some({
  DisplayName: text,
  JobType: text,
  JobSpecs: fc.array(role, { maxLength: 3 }),
  UserCommand: text,
  DataSources: fc.array(some({ DataSourceId: text, MountPath: text, Uri: text }), { maxLength: 3 }),
  CodeSource: some({ CodeSourceId: text, Branch: text, Commit: text, MountPath: text }),
  UserVpc: some({ VpcId: text, SwitchId: text, SecurityGroupId: text, ExtendedCIDRs: texts }),
  ThirdpartyLibs: texts,
  ThirdpartyLibDir: text,
  Envs: textMap,
  JobMaxRunningTimeMinutes: fc.integer(),
  WorkspaceId: text,
  ResourceId: text,
  Priority: fc.integer(),
  Settings: some({
    BusinessUserId: text,
    Caller: text,
    PipelineId: text,
    EnableTideResource: fc.boolean(),
    EnableErrorMonitoringInAIMaster: fc.boolean(),
    ErrorMonitoringArgs: text,
    Tags: textMap,
  }),
  Options: text,
});

describe('draft', { timeout: 30_000 }, () => {
  it('gives back any body of the right types, valid or not, with unknown fields and explicit empties', () => {
    fc.assert(
      fc.property(anyBody, (body) => {
        expect(asJson(toBody(toDraft(body)))).toEqual(asJson(body));
      }),
      { numRuns: 200 },
    );
  });

  it('gives back a body of any JSON at all, fields of a wrong type included', () => {
    const wrong = fc.dictionary(
      fc.constantFrom('JobSpecs', 'Envs', 'PodCount', 'CodeSource', 'Settings', 'Priority'),
      fc.jsonValue(),
    );
    fc.assert(
      fc.property(wrong, (body) => {
        fc.pre(!JSON.stringify(body).includes('__proto__'));
        expect(asJson(toBody(toDraft(body)))).toEqual(asJson(body));
      }),
      { numRuns: 200 },
    );
  });

  it('survives the storage it is kept in', () => {
    fc.assert(
      fc.property(anyBody, (body) => {
        const draft = toDraft(body);
        expect(asJson(toBody(JSON.parse(JSON.stringify(draft))))).toEqual(asJson(toBody(draft)));
      }),
      { numRuns: 100 },
    );
  });

  it('leaves blanks out and keeps text that is no number for the schema to name', () => {
    const draft = newDraft();
    draft.Priority = ' 8 ';
    draft.JobMaxRunningTimeMinutes = 'soon';
    draft.Envs = [
      { key: '', value: '', rest: {} },
      { key: 'EMPTY', value: '', rest: {} },
    ];
    expect(toBody(draft)).toEqual({
      JobType: 'PyTorchJob',
      JobSpecs: [{ Type: 'Worker', PodCount: 1 }],
      Priority: 8,
      JobMaxRunningTimeMinutes: 'soon',
      Envs: { EMPTY: '' },
    });
  });

  it('sends nothing of the pool that was not chosen', () => {
    const draft = newDraft();
    const [worker] = draft.JobSpecs;
    if (!worker) throw new Error('a new draft has one role');
    worker.EcsSpec = 'ecs.g6.large';
    worker.ResourceConfig.CPU = '4';
    draft.ResourceId = 'quota1';
    expect(toBody({ ...draft, pool: 'public' })).toEqual({
      JobType: 'PyTorchJob',
      JobSpecs: [{ Type: 'Worker', PodCount: 1, EcsSpec: 'ecs.g6.large' }],
    });
    expect(toBody({ ...draft, pool: 'quota' })).toEqual({
      JobType: 'PyTorchJob',
      JobSpecs: [{ Type: 'Worker', PodCount: 1, ResourceConfig: { CPU: '4' } }],
      ResourceId: 'quota1',
    });
  });

  it('names the control of a path of the body, blank rows counted', () => {
    const draft = toDraft({ ThirdpartyLibs: ['a', 'b c'], Envs: { 'X Y': '1' }, JobSpecs: [{}] });
    draft.ThirdpartyLibs.splice(1, 0, { value: '', rest: {} });
    expect(toControlName(draft, ['ThirdpartyLibs', 1])).toBe('ThirdpartyLibs.2.value');
    expect(toControlName(draft, ['Envs', 'X Y'], 'key')).toBe('Envs.0.key');
    expect(toControlName(draft, ['JobSpecs', 0, 'Image'])).toBe('JobSpecs.0.Image');
    expect(toControlName(draft, ['JobSpecs', 0, 'RestartPolicy'])).toBe('JobSpecs.0');
    expect(toControlName(draft, [])).toBe('');
  });

  it('lists what it carries without a control', () => {
    const draft = toDraft({
      ElasticSpec: {},
      DebuggerConfigContent: '',
      JobSpecs: [{ RestartPolicy: 'Never' }],
      ResourceId: '',
    });
    expect(carriedPaths(draft)).toEqual(['ElasticSpec', 'DebuggerConfigContent', 'JobSpecs.0.RestartPolicy']);
  });
});

describe('a body with unknown fields at every depth', () => {
  it('passes the schema', () => {
    const body = {
      DisplayName: 'a',
      JobType: 'TFJob',
      JobSpecs: [{ Type: 'Worker', Image: 'i', PodCount: 1, EcsSpec: 'e', New: { Deep: [1, null] } }],
      UserCommand: 'true',
      ElasticSpec: { EnableEDP: true },
      Settings: { Tags: {}, Later: 1 },
    };
    expect(checkCreateJob(body)).toEqual([]);
  });
});
