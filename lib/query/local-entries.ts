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

export type NewData = Omit<DataEntry, 'id'>;
export type NewCode = Omit<CodeEntry, 'id'> & { userName: string; token: string };

export type LocalActions = {
  addData: (data: NewData) => Promise<Result<null, Problem>>;
  addCode: (code: NewCode) => Promise<Result<null, Problem>>;
  removeData: (id: string) => Promise<Result<null, Problem>>;
  removeCode: (id: string) => Promise<Result<null, Problem>>;
};
