import 'server-only';
import { StoreFault } from './fault';

const elsewhere = 'or set JOBWRIGHT_DATA_DIR to another folder';

const sentences: [RegExp, (file: string, code: string) => string][] = [
  [
    /^SQLITE_(NOTADB|CORRUPT)/,
    (file) =>
      `The database ${file} is damaged or belongs to something else: restore it from a backup, or move it away to start without the submissions it holds.`,
  ],
  [
    /^SQLITE_(BUSY|LOCKED|PROTOCOL)/,
    (file) => `The database ${file} is held by another program: end that one, ${elsewhere}.`,
  ],
  // The shared memory of a full disk cannot grow, which SQLite calls an input/output error.
  [
    /^SQLITE_(FULL|IOERR_SHMSIZE)/,
    (file) => `The disk of ${file} is full: free some space and Jobwright goes on, ${elsewhere}.`,
  ],
  [
    /^SQLITE_(READONLY|PERM|AUTH)/,
    (file, code) =>
      `The database ${file} cannot be written (${code}): see to its owner, its permissions and those of its folder, ${elsewhere}.`,
  ],
  [
    /^SQLITE_(IOERR|CANTOPEN|NOMEM|NOLFS)/,
    (file, code) =>
      `The database ${file} cannot be used (${code}): see to its permissions, its disk and the free space, ${elsewhere}.`,
  ],
];

/** What the disk, its owner or another program is to blame for becomes a StoreFault; anything else stays as it is. */
export function toSqliteFault(error: unknown, file: string): unknown {
  const code = sqliteCode(error);
  const [, sentence] = sentences.find(([pattern]) => pattern.test(code)) ?? [];
  return sentence ? new StoreFault(sentence(file, code)) : error;
}

export function sqliteCode(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}
