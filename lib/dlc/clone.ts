import type { Bag } from './draft-codec';
import { isBag } from './draft-codec';
import { withoutMark } from './mark';
import { maskSecrets } from './secrets';

const carried = [
  'DisplayName',
  'JobType',
  'JobSpecs',
  'UserCommand',
  'DataSources',
  'CodeSource',
  'ThirdpartyLibs',
  'ThirdpartyLibDir',
  'Envs',
  'CustomEnvs',
  'WorkspaceId',
  'ResourceId',
  'Priority',
  'Settings',
  'Accessibility',
  'Description',
  'CredentialConfig',
] as const;

/**
 * What GetJob's answer tells of the body a job was made from, secrets masked. JobMaxRunningTimeMinutes, Options,
 * SuccessPolicy and the template are not in it (dlc-api.md §2.2); ExtendedCIDRs is spelt ExtendedCidrs there.
 */
export function toBodyOfJob(job: Bag): Bag {
  const body: Bag = {};
  for (const name of carried)
    if (job[name] !== undefined && job[name] !== null && job[name] !== '') body[name] = job[name];
  if (isBag(job.UserVpc)) {
    const { ExtendedCidrs, ...vpc } = job.UserVpc;
    body.UserVpc = ExtendedCidrs === undefined ? vpc : { ...vpc, ExtendedCIDRs: ExtendedCidrs };
  }
  return maskSecrets(withoutMark(body));
}
