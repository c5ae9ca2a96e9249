import 'server-only';

import { headers } from 'next/headers';
import type { Text } from '@/lib/i18n/text';
import { env } from './env';
import { services } from './services';
import { parseVisitor } from './visitor';

/** What a job submitted here runs on, in words; undefined for someone who has not signed in. */
export async function describeWhere({ t }: Text): Promise<string | undefined> {
  if (!parseVisitor(await headers(), env()).ok) return undefined;
  const { connection } = await services();
  if (connection.kind === 'local')
    return t(connection.isolation === 'bubblewrap' ? 'where.local.bubblewrap' : 'where.local.none');
  return connection.region
    ? t('where.cloud', { region: connection.region })
    : t('where.endpoint', { endpoint: connection.endpoint });
}
