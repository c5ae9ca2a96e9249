import * as z from 'zod';
import { type Answer, done, refuseParameter } from './answer';
import { complainOfRef, complainOfRepository } from './clone-code';
import { complainOfMountPath, toMountPath } from './complain-of-path';
import type { Cloud, Question } from './operation';
import { type CodeSource, defaultWorkspaceId } from './registry';
import { type Listing, named, newEntryId, optional, readFields, toGmt } from './registry-requests';

const shape = z.object({
  DisplayName: named,
  CodeRepo: named.max(4_096, 'must have at most 4096 characters'),
  CodeBranch: optional,
  CodeCommit: optional,
  CodeRepoUserName: optional,
  CodeRepoAccessToken: optional,
  MountPath: named.max(1_024, 'must have at most 1024 characters'),
  Description: optional,
  WorkspaceId: optional,
});

/** CreateCodeSource of the AIWorkSpace API; CodeRepo may be an absolute path too. The token is kept sealed. */
export function createCodeSource({ registry, seal, clock, hidden }: Cloud, question: Question): Answer {
  const fields = readFields(question, shape);
  if ('refusal' in fields) return fields.refusal;
  const given = fields.value;
  const wrongRepository = complainOfRepository(given.CodeRepo, hidden);
  if (wrongRepository) return refuseParameter(`CodeRepo: ${wrongRepository}.`);
  for (const name of ['CodeBranch', 'CodeCommit'] as const) {
    const complaint = complainOfRef(given[name]);
    if (complaint) return refuseParameter(`${name}: ${complaint}.`);
  }
  const wrongPath = complainOfMountPath(given.MountPath, hidden);
  if (wrongPath) return refuseParameter(`MountPath: ${wrongPath}.`);
  if (registry.all('codeSources').some(({ name }) => name === given.DisplayName))
    return refuseParameter(`DisplayName: a code source with the name ${given.DisplayName} is there already.`);
  const id = newEntryId('code-');
  const token = given.CodeRepoAccessToken;
  registry.add('codeSources', {
    id,
    name: given.DisplayName,
    description: given.Description,
    workspaceId: given.WorkspaceId || defaultWorkspaceId,
    createdAt: clock(),
    repository: given.CodeRepo,
    branch: given.CodeBranch,
    commit: given.CodeCommit,
    mountPath: toMountPath(given.MountPath),
    userName: given.CodeRepoUserName,
    ...(token ? { sealedToken: seal.seal({ token }, id) } : {}),
  });
  return done({ CodeSourceId: id });
}

function toView(source: CodeSource): Record<string, unknown> {
  return {
    CodeSourceId: source.id,
    DisplayName: source.name,
    Description: source.description,
    CodeRepo: source.repository,
    CodeBranch: source.branch,
    CodeCommit: source.commit,
    CodeRepoUserName: source.userName,
    MountPath: source.mountPath,
    Accessibility: 'PUBLIC',
    WorkspaceId: source.workspaceId,
    GmtCreateTime: toGmt(source.createdAt),
  };
}

export const codeSources: Listing<'codeSources'> = {
  kind: 'codeSources',
  name: 'CodeSources',
  filter: 'DisplayName',
  toView,
};
