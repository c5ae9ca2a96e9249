import 'server-only';
import type { Store } from './schema';

/**
 * Whether the store is used with the key of this fingerprint, as it always was; a store that knows none yet takes it.
 * With another key a submission that is sent again would not be recognised, and no kept secret could be opened.
 */
export async function isKnownKey({ db, writeOne }: Store, fingerprint: string): Promise<boolean> {
  await writeOne((trx) =>
    trx
      .insertInto('secret_key')
      .values({ id: 1, fingerprint })
      .onConflict((conflict) => conflict.column('id').doNothing())
      .execute(),
  );
  const known = await db.selectFrom('secret_key').select('fingerprint').executeTakeFirstOrThrow();
  return known.fingerprint === fingerprint;
}
