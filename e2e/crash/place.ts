import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Postgres, startPostgres } from '@/e2e/postgres';

export type Kind = 'sqlite' | 'postgres';

/** Where a run keeps its store: a file, or a database server of its own. */
export type Place = {
  dataDir: string;
  databaseUrl: string | undefined;
  postgres: Postgres | undefined;
  remove(): Promise<void>;
};

export async function newPlace(kind: Kind): Promise<Place> {
  const dataDir = mkdtempSync(join(tmpdir(), 'jobwright-crash-'));
  const postgres = kind === 'postgres' ? await startPostgres() : undefined;
  return {
    dataDir,
    databaseUrl: postgres?.url,
    postgres,
    async remove() {
      await postgres?.remove();
      rmSync(dataDir, { recursive: true });
    },
  };
}
