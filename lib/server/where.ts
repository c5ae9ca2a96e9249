import 'server-only';

import { headers } from 'next/headers';
import type { Text } from '@/lib/i18n/text';
import { env } from './env';
import { services } from './services';
import { parseVisitor } from './visitor';

/** What a job submitted here runs on, in words, and whether that is this machine; undefined for someone who has not signed in. */
export async function describeWhere({ t }: Text): Promise<{ words: string; isLocal: boolean } | undefined> {
  if (!parseVisitor(await headers(), env()).ok) return undefined;
  const { kind, isolation, region, endpoint } = (await services()).connection;
  if (kind === 'local') {
    const key = isolation === 'bubblewrap' ? 'where.local.bubblewrap' : 'where.local.none';
    return { words: t(key), isLocal: true };
  }
  return { words: region ? t('where.cloud', { region }) : t('where.endpoint', { endpoint }), isLocal: false };
}
