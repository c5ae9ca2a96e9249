import { describe, expect, it } from 'vitest';
import { totalsOf } from './totals';
import { warnings } from './warnings';

const worker = { Type: 'Worker', Image: 'i', PodCount: 2, EcsSpec: 'e' };
const quiet = {
  DisplayName: 'a',
  JobType: 'TFJob',
  JobSpecs: [worker],
  UserCommand: 'true',
  WorkspaceId: '1',
  JobMaxRunningTimeMinutes: 60,
};

describe('warnings', () => {
  it.each<[string, object, string[]]>([
    ['nothing to say', quiet, []],
    ['no limit', { ...quiet, JobMaxRunningTimeMinutes: undefined }, ['noLimit']],
    ['no workspace', { ...quiet, WorkspaceId: '' }, ['noWorkspace']],
    [
      'networks without a switch',
      { ...quiet, UserVpc: { ExtendedCIDRs: ['10.0.0.0/8'] } },
      ['cidrsWithoutSwitch'],
    ],
    ['networks with a switch', { ...quiet, UserVpc: { SwitchId: 's', ExtendedCIDRs: ['10.0.0.0/8'] } }, []],
    ['a commit in words', { ...quiet, CodeSource: { Commit: 'latest' } }, ['commitNotHex']],
    ['a commit', { ...quiet, CodeSource: { Commit: '44da109b5' } }, []],
    ['arguments for nobody', { ...quiet, Settings: { ErrorMonitoringArgs: '--x' } }, ['argsWithoutMonitor']],
    ['a priority in the public pool', { ...quiet, Priority: 3 }, ['priorityWithoutQuota']],
    ['a priority in a quota', { ...quiet, Priority: 3, ResourceId: 'q' }, []],
    ['parameter servers alone', { ...quiet, JobSpecs: [{ ...worker, Type: 'PS' }] }, ['noFirstRole']],
    ['a Ray job without a head', { ...quiet, JobType: 'RayJob' }, ['noFirstRole']],
    ['nearly full', { ...quiet, UserCommand: 'x'.repeat(60_000) }, ['nearlyFull']],
    ['nothing at all', {}, ['noLimit', 'noWorkspace']],
  ])('%s', (_name, body, expected) => {
    expect(warnings({ ...body }).map(({ key }) => key)).toEqual(expected);
  });
});

describe('totalsOf', () => {
  it('adds up pods, and amounts where every role gives them', () => {
    const config = { CPU: '10', GPU: '3', Memory: '10Gi' };
    const roles = [
      { PodCount: 2, ResourceConfig: config },
      { PodCount: 1, ResourceConfig: { ...config, GPU: '1' } },
    ];
    expect(totalsOf({ JobSpecs: roles })).toEqual({ nodes: 3, cpu: 30, gpu: 7, memoryGiB: 30 });
    expect(totalsOf({ JobSpecs: [...roles, worker] })).toEqual({ nodes: 5 });
    expect(totalsOf({})).toEqual({ nodes: 0 });
  });
});
