import 'server-only';
import { join } from 'node:path';
import { fail, ok, type Result } from '@/lib/result';
import { describeFileFault } from './data-dir';
import { type Env, parseEnv } from './env';
import { newSealer, readSecretKey } from './seal';
import { isKnownKey } from './store/known-key';
import { openStore } from './store/open';

/** What lib/start.mjs asks before it builds: the environment, or in one sentence why Jobwright cannot start in it. */
export async function preflight(source: NodeJS.ProcessEnv): Promise<Result<Env, string>> {
  const parsed = parseEnv(source);
  if (!parsed.ok) return parsed;
  const { dataDir, databaseUrl, secretKey } = parsed.value;
  try {
    const sealer = newSealer(secretKey ?? readSecretKey(dataDir));
    const store = await openStore({ dataDir, databaseUrl });
    const isKnown = await isKnownKey(store, sealer.fingerprint('secret key')).finally(store.close);
    return isKnown ? ok(parsed.value) : fail(describeOtherKey(parsed.value));
  } catch (error) {
    return fail(describeFileFault(error));
  }
}

function describeOtherKey({ dataDir, databaseUrl, secretKey }: Env): string {
  const key = secretKey ? 'JOBWRIGHT_SECRET_KEY' : join(dataDir, 'secret.key');
  const [store, start] = databaseUrl
    ? ['The database of DATABASE_URL', 'use an empty database']
    : [join(dataDir, 'jobwright.sqlite'), 'move that file away'];
  return `${store} was written with another key than ${key} holds, so its secrets could not be opened and a repeated submission not be recognised: give that key back, or ${start}.`;
}
