import 'server-only';
import { fail, ok, type Result } from '@/lib/result';
import { describeFileFault } from './data-dir';
import { type Env, parseEnv } from './env';
import { readSecretKey } from './seal';
import { openStore } from './store/open';

/** What lib/start.mjs asks before it builds: the environment, or in one sentence why Jobwright cannot start in it. */
export async function preflight(source: NodeJS.ProcessEnv): Promise<Result<Env, string>> {
  const parsed = parseEnv(source);
  if (!parsed.ok) return parsed;
  const { dataDir, databaseUrl, secretKey } = parsed.value;
  try {
    if (!secretKey) readSecretKey(dataDir);
    const store = await openStore({ dataDir, databaseUrl });
    await store.close();
    return ok(parsed.value);
  } catch (error) {
    return fail(describeFileFault(error));
  }
}
