import { join } from 'node:path';
import * as z from 'zod';
import { readIfThere, replaceFile, syncFolder } from './durable-file';

const entry = { name: z.string(), description: z.string(), workspaceId: z.string(), createdAt: z.number() };

const datasetSchema = z.object({
  ...entry,
  id: z.string(),
  /** Absolute; links followed when it was registered. */
  folder: z.string(),
  mountPath: z.string(),
  readOnly: z.boolean(),
});

const codeSourceSchema = z.object({
  ...entry,
  id: z.string(),
  repository: z.string(),
  branch: z.string(),
  commit: z.string(),
  mountPath: z.string(),
  userName: z.string(),
  /** Sealed (body-seal.ts) under the entry's id. */
  sealedToken: z.string().optional(),
});

const imageSchema = z.object({ ...entry, id: z.string(), uri: z.string() });
const namedSchema = z.object({ ...entry, id: z.string() });

const registrySchema = z.object({
  datasets: z.array(datasetSchema),
  codeSources: z.array(codeSourceSchema),
  images: z.array(imageSchema),
  workspaces: z.array(namedSchema),
  quotas: z.array(namedSchema),
});

export type Entries = z.infer<typeof registrySchema>;
export type Kind = keyof Entries;
export type Entry<K extends Kind> = Entries[K][number];
export type Dataset = Entry<'datasets'>;
export type CodeSource = Entry<'codeSources'>;

export const defaultWorkspaceId = '1';

const defaultWorkspace: Entry<'workspaces'> = {
  id: defaultWorkspaceId,
  name: 'default',
  description: '',
  workspaceId: defaultWorkspaceId,
  createdAt: 0,
};

/** What jobs can name: kept in one file of the data directory, which is on the disk when a change returns. */
export type Registry = {
  all<K extends Kind>(kind: K): Entries[K];
  find<K extends Kind>(kind: K, id: string): Entry<K> | undefined;
  add<K extends Kind>(kind: K, added: Entry<K>): void;
  /** False where there is no such entry. */
  remove(kind: Kind, id: string): boolean;
};

export function openRegistry(dataDir: string): Registry {
  const path = join(dataDir, 'registry.json');
  let entries = readEntries(path);

  function keep(next: Entries): void {
    replaceFile(path, JSON.stringify(next, null, 2));
    syncFolder(dataDir);
    entries = next;
  }

  return {
    all: (kind) => entries[kind],
    find: (kind, id) => entries[kind].find((each) => each.id === id),
    add: (kind, added) => keep({ ...entries, [kind]: [...entries[kind], added] }),
    remove(kind, id) {
      if (!entries[kind].some((each) => each.id === id)) return false;
      keep({ ...entries, [kind]: entries[kind].filter((each) => each.id !== id) });
      return true;
    },
  };
}

function readEntries(path: string): Entries {
  const text = readIfThere(path);
  if (text === undefined)
    return { datasets: [], codeSources: [], images: [], workspaces: [defaultWorkspace], quotas: [] };
  try {
    return registrySchema.parse(JSON.parse(text));
  } catch {
    throw new Error(`${path} does not hold the local DLC's registry: restore it, or move it away.`);
  }
}
