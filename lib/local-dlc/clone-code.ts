import { mkdirSync } from 'node:fs';
import { dirname, isAbsolute } from 'node:path';
import { complainOfFolder } from './complain-of-path';
import type { Reason } from './job-record';
import type { Programs } from './programs';
import { type ChildOptions, runChild } from './run-child';

export type Checkout = {
  id: string;
  repository: string;
  branch: string;
  commit: string;
  userName: string;
  token: string;
};

const passedOn =
  /^(PATH|HOME|USER|LOGNAME|SSH_AUTH_SOCK|SSL_CERT_(FILE|DIR)|GIT_SSL_CA(INFO|PATH)|(https?|no|all)_proxy)$/i;

/**
 * Clones a repository into a folder that is not there yet, at a branch and a commit; gives why that failed, or undefined. A
 * branch or commit reaches git as a value only, and no setting, template or hook of this machine has a part in it.
 */
export async function cloneCode(
  checkout: Checkout,
  folder: string,
  programs: Programs,
  options: ChildOptions,
): Promise<Reason | undefined> {
  const { id, repository, branch, commit } = checkout;
  const complaint = complainOfRepository(repository, []) ?? complainOfRef(branch) ?? complainOfRef(commit);
  if (complaint) return { code: 'CodeCloneFailed', message: `The code source ${id}: ${complaint}.` };
  mkdirSync(dirname(folder), { recursive: true, mode: 0o700 });
  const environment = gitEnvironment(checkout, programs, options.environment);
  const git = (cwd: string, args: string[]) => runChild('git', args, { ...options, cwd, environment });
  const cloneFlags = ['--quiet', '--no-checkout', '--no-hardlinks', '--template='];
  const cloned = await git(dirname(folder), ['clone', ...cloneFlags, '--', repository, folder]);
  if (cloned.exitCode !== 0)
    return {
      code: 'CodeCloneFailed',
      message: `The code source ${id} could not be cloned from ${repository}: ${cloned.lastWords}`,
    };

  const isThere = async (ref: string): Promise<boolean> =>
    (await git(folder, ['rev-parse', '--quiet', '--verify', `${ref}^{commit}`])).exitCode === 0;
  const remote = `refs/remotes/origin/${branch}`;
  if (branch && !(await isThere(remote)))
    return {
      code: 'CodeBranchNotFound',
      message: `The code source ${id} has no branch ${branch} in ${repository}.`,
    };
  if (commit && !(await isThere(commit)))
    return {
      code: 'CodeCommitNotFound',
      message: `The code source ${id} has no commit ${commit} in ${repository}.`,
    };
  const place = branch ? ['--no-track', '-B', branch, commit || remote] : commit ? ['--detach', commit] : [];
  const checkedOut = await git(folder, ['checkout', '--quiet', '--force', ...place, '--']);
  if (checkedOut.exitCode === 0) return undefined;
  return {
    code: 'CodeCloneFailed',
    message: `The code source ${id} could not be checked out: ${checkedOut.lastWords}`,
  };
}

function gitEnvironment(
  { repository, userName, token }: Checkout,
  { askPass, gitConfig }: Programs,
  own: Record<string, string>,
): Record<string, string> {
  const environment: Record<string, string> = { ...own, LC_ALL: 'C' };
  for (const [name, value] of Object.entries(process.env))
    if (value !== undefined && passedOn.test(name)) environment[name] = value;
  return {
    ...environment,
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: gitConfig,
    GIT_ALLOW_PROTOCOL: 'https:ssh:file',
    GIT_TERMINAL_PROMPT: '0',
    GIT_SSH_COMMAND: 'ssh -o BatchMode=yes',
    GIT_ASKPASS: askPass,
    DLC_GIT_HOST: /^https:\/\/([^/?#]+)/i.exec(repository)?.[1] ?? '',
    DLC_GIT_USERNAME: userName,
    DLC_GIT_TOKEN: token,
  };
}

/** Why a branch or commit is none, as the end of a sentence. */
export function complainOfRef(ref: string): string | undefined {
  if (ref.startsWith('-')) return `the branch or commit ${ref} must not begin with "-"`;
  if (/[\s~^:?*[\\]|\.\.|@\{|[^ -~\u00a0-\uffff]/.test(ref)) return `${ref} is no name of a branch or commit`;
  return undefined;
}

/** Why a repository cannot be cloned here, as the end of a sentence. */
export function complainOfRepository(repository: string, hidden: string[]): string | undefined {
  if (isAbsolute(repository)) return complainOfFolder(repository, hidden);
  if (/^[A-Za-z0-9._-]+@[A-Za-z0-9.-]+:[^\s]+$/.test(repository)) return undefined;
  const url = URL.canParse(repository) ? new URL(repository) : undefined;
  if (!url || !['https:', 'ssh:', 'file:'].includes(url.protocol))
    return 'the repository must be an https, ssh or file address, or an absolute path';
  if (url.password || (url.protocol === 'https:' && url.username))
    return 'the address of the repository must not hold a name or password; CodeRepoUserName and CodeRepoAccessToken are for that';
  return url.protocol === 'file:' ? complainOfFolder(decodeURIComponent(url.pathname), hidden) : undefined;
}
