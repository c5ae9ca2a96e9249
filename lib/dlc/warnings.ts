import { type Bag, isBag } from './draft-codec';
import { rolesOf } from './roles';
import { bodyBytes, maxBodyBytes } from './rules';

export type WarningKey =
  | 'noLimit'
  | 'noWorkspace'
  | 'cidrsWithoutSwitch'
  | 'commitNotHex'
  | 'argsWithoutMonitor'
  | 'priorityWithoutQuota'
  | 'noFirstRole'
  | 'nearlyFull';

/** What is allowed and may still surprise. Never blocks. */
export type Warning = {
  path: (string | number)[];
  key: WarningKey;
  params?: Record<string, string | number>;
};

function filled(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

const firstRoles = new Map<string, readonly string[]>(
  Object.entries({
    TFJob: ['Worker', 'Chief'],
    MPIJob: ['Worker'],
    RayJob: ['Head'],
  }),
);

export function warnings(body: Bag): Warning[] {
  const found: Warning[] = [];
  const vpc = isBag(body.UserVpc) ? body.UserVpc : {};
  const code = isBag(body.CodeSource) ? body.CodeSource : {};
  const settings = isBag(body.Settings) ? body.Settings : {};
  const specs = Array.isArray(body.JobSpecs) ? body.JobSpecs.filter(isBag) : [];
  const jobType = filled(body.JobType) ? body.JobType : '';
  const needed = firstRoles.get(jobType) ?? (rolesOf(jobType).length === 2 ? ['Worker', 'Master'] : []);

  if (body.JobMaxRunningTimeMinutes === undefined)
    found.push({ path: ['JobMaxRunningTimeMinutes'], key: 'noLimit' });
  if (!filled(body.WorkspaceId)) found.push({ path: ['WorkspaceId'], key: 'noWorkspace' });
  if (Array.isArray(vpc.ExtendedCIDRs) && vpc.ExtendedCIDRs.length > 0 && !filled(vpc.SwitchId))
    found.push({ path: ['UserVpc', 'ExtendedCIDRs'], key: 'cidrsWithoutSwitch' });
  if (filled(code.Commit) && !/^[0-9a-f]{7,64}$/i.test(code.Commit))
    found.push({ path: ['CodeSource', 'Commit'], key: 'commitNotHex' });
  if (filled(settings.ErrorMonitoringArgs) && settings.EnableErrorMonitoringInAIMaster !== true)
    found.push({ path: ['Settings', 'ErrorMonitoringArgs'], key: 'argsWithoutMonitor' });
  if (body.Priority !== undefined && !filled(body.ResourceId))
    found.push({ path: ['Priority'], key: 'priorityWithoutQuota' });
  if (specs.length > 0 && needed.length > 0 && !specs.some(({ Type }) => needed.includes(String(Type))))
    found.push({ path: ['JobSpecs'], key: 'noFirstRole', params: { jobType, roles: needed.join(', ') } });
  const bytesLeft = maxBodyBytes - bodyBytes(body);
  if (bytesLeft >= 0 && bytesLeft < maxBodyBytes / 8)
    found.push({ path: [], key: 'nearlyFull', params: { bytes: bytesLeft } });
  return found;
}
