import { appendLine, readIfThere, replaceFile } from './durable-file';

export type NonceLog = { take(nonce: string, expiresAt: number): boolean };

const compactAfter = 5_000;

/** The nonces seen, kept in a file so that a restart within a signature's life takes none of them twice. */
export function openNonceLog(path: string, clock: () => number, log: (line: string) => void): NonceLog {
  const seen = new Map<string, number>();
  for (const line of (readIfThere(path) ?? '').split('\n')) {
    const [, expiresAt, nonce] = /^(\d+) (.+)$/.exec(line) ?? [];
    if (expiresAt && nonce) seen.set(nonce, Number(expiresAt));
  }
  let appended = 0;

  function compact(): void {
    const now = clock();
    for (const [nonce, expiresAt] of seen) if (expiresAt < now) seen.delete(nonce);
    replaceFile(path, [...seen].map(([nonce, expiresAt]) => `${expiresAt} ${nonce}\n`).join(''));
    appended = 0;
  }

  compact();
  return {
    take(nonce, expiresAt) {
      const before = seen.get(nonce);
      if (before !== undefined && before >= clock()) return false;
      seen.set(nonce, expiresAt);
      try {
        if (++appended > compactAfter) compact();
        else appendLine(path, `${expiresAt} ${nonce}`);
      } catch (error) {
        // On a full disk a person must still be able to look, stop and delete: the nonce is held in memory alone.
        log(`The local DLC could not write down a nonce: ${String(error)}`);
      }
      return true;
    },
  };
}
