import type { Problem } from '@/lib/problem';
import type { Result } from '@/lib/result';

/** What is registered with the local DLC, as its page shows it. */
export type DataEntry = { id: string; name: string; folder: string; mountPath: string; readOnly: boolean };

export type CodeEntry = {
  id: string;
  name: string;
  repository: string;
  branch: string;
  commit: string;
  mountPath: string;
};

export type ImageEntry = { id: string; name: string; address: string; description: string };

export type WorkspaceEntry = { id: string; name: string; description: string; isDefault: boolean };

export type QuotaEntry = { id: string; name: string };

export type NewData = Omit<DataEntry, 'id'>;
export type NewCode = Omit<CodeEntry, 'id'> & { userName: string; token: string };
export type NewImage = Omit<ImageEntry, 'id'>;
export type NewWorkspace = Pick<WorkspaceEntry, 'name' | 'description'>;
export type NewQuota = Omit<QuotaEntry, 'id'>;

export const entryKinds = ['data', 'code', 'image', 'workspace', 'quota'] as const;
export type EntryKind = (typeof entryKinds)[number];

type Change = Promise<Result<null, Problem>>;

export type LocalActions = {
  addData: (data: NewData) => Change;
  addCode: (code: NewCode) => Change;
  addImage: (image: NewImage) => Change;
  addWorkspace: (workspace: NewWorkspace) => Change;
  addQuota: (quota: NewQuota) => Change;
  removeEntry: (kind: EntryKind, id: string) => Change;
};
