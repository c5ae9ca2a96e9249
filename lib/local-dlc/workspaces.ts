import * as z from 'zod';
import { type Answer, done, refuseParameter } from './answer';
import type { Cloud, Question } from './operation';
import { defaultWorkspaceId, type Entry, type Kind, type Registry } from './registry';
import {
  type Listing,
  named,
  newEntryId,
  optional,
  readFields,
  removeEntry,
  toGmt,
} from './registry-requests';

const workspaceShape = z.object({ WorkspaceName: named, Description: optional });

export function createWorkspace({ registry, store, clock }: Cloud, question: Question): Answer {
  const fields = readFields(question, workspaceShape);
  if ('refusal' in fields) return fields.refusal;
  const { WorkspaceName, Description } = fields.value;
  const taken = refuseTaken(registry, 'workspaces', 'WorkspaceName', WorkspaceName);
  if (taken) return taken;
  // Jobs of a workspace that was deleted must not turn up in the next one.
  const ids = [
    ...registry.all('workspaces').map(({ id }) => id),
    ...store.all().map((job) => job.workspaceId),
  ];
  const numbers = ids.filter((id) => /^\d{1,9}$/.test(id)).map(Number);
  const id = String(Math.max(...numbers) + 1);
  const entry = { id, name: WorkspaceName, description: Description, workspaceId: id, createdAt: clock() };
  registry.add('workspaces', entry);
  return done({ WorkspaceId: id });
}

export function getDefaultWorkspace({ registry }: Cloud): Answer {
  const found = registry.find('workspaces', defaultWorkspaceId);
  return done(found ? workspaces.toView(found) : {});
}

export function deleteWorkspace(cloud: Cloud, question: Question): ReturnType<typeof remove> {
  return question.ids[0] === defaultWorkspaceId
    ? refuseParameter('WorkspaceId: the default workspace cannot be deleted.')
    : remove(cloud, question);
}

const remove = removeEntry('workspaces');

export const workspaces: Listing<'workspaces'> = {
  kind: 'workspaces',
  name: 'Workspaces',
  filter: 'WorkspaceName',
  toView: (workspace) => ({
    WorkspaceId: workspace.id,
    WorkspaceName: workspace.name,
    Description: workspace.description,
    Status: 'ENABLED',
    IsDefault: workspace.id === defaultWorkspaceId,
    EnvTypes: ['prod'],
    AdminNames: [],
    GmtCreateTime: toGmt(workspace.createdAt),
  }),
};

const imageShape = z.object({
  Name: named,
  ImageUri: named.max(1_024, 'must have at most 1024 characters'),
  Description: optional,
  WorkspaceId: optional,
});

/** AddImage of the AIWorkSpace API. The address is offered, never pulled. */
export function addImage({ registry, clock }: Cloud, question: Question): Answer {
  const fields = readFields(question, imageShape);
  if ('refusal' in fields) return fields.refusal;
  const { Name, ImageUri, Description, WorkspaceId } = fields.value;
  if (/\s/.test(ImageUri)) return refuseParameter('ImageUri: must not hold blanks.');
  const taken = refuseTaken(registry, 'images', 'Name', Name);
  if (taken) return taken;
  const id = newEntryId('image-');
  registry.add('images', { ...newEntry(id, Name, Description, WorkspaceId, clock()), uri: ImageUri });
  return done({ ImageId: id });
}

export const images: Listing<'images'> = {
  kind: 'images',
  name: 'Images',
  filter: 'Name',
  toView: (image) => ({
    ImageId: image.id,
    Name: image.name,
    ImageUri: image.uri,
    Description: image.description,
    Labels: [],
    Accessibility: 'PUBLIC',
    WorkspaceId: image.workspaceId,
    GmtCreateTime: toGmt(image.createdAt),
  }),
};

const quotaShape = z.object({ Name: named, Description: optional, WorkspaceId: optional });

/** A quota is a name that jobs give as ResourceId; each has a queue of its own, and all share this machine. */
export function createQuota({ registry, clock }: Cloud, question: Question): Answer {
  const fields = readFields(question, quotaShape);
  if ('refusal' in fields) return fields.refusal;
  const { Name, Description, WorkspaceId } = fields.value;
  const taken = refuseTaken(registry, 'quotas', 'Name', Name);
  if (taken) return taken;
  const id = newEntryId('quota');
  registry.add('quotas', newEntry(id, Name, Description, WorkspaceId, clock()));
  return done({ QuotaId: id });
}

export const quotas: Listing<'quotas'> = {
  kind: 'quotas',
  name: 'Quotas',
  filter: 'Name',
  toView: (quota) => ({
    Id: quota.id,
    Name: quota.name,
    DisplayName: quota.name,
    Mode: 'Local',
    ProductCode: 'PAI',
    QuotaType: 'PAI',
    Specs: [],
  }),
};

const nouns = { images: 'an image', workspaces: 'a workspace', quotas: 'a quota' };

/** Two of a name could not be told apart where one is picked. */
function refuseTaken(
  registry: Registry,
  kind: keyof typeof nouns,
  field: string,
  name: string,
): Answer | undefined {
  return registry.all(kind).some((each) => each.name === name)
    ? refuseParameter(`${field}: ${nouns[kind]} with the name ${name} is there already.`)
    : undefined;
}

function newEntry(
  id: string,
  name: string,
  description: string,
  workspaceId: string,
  createdAt: number,
): Entry<Extract<Kind, 'quotas'>> {
  return { id, name, description, workspaceId: workspaceId || defaultWorkspaceId, createdAt };
}
