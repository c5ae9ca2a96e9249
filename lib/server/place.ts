import 'server-only';
import type { Connection } from './dlc';

type Here = Pick<Connection, 'kind' | 'endpoint' | 'region' | 'credentials'>;

/** One region may have several addresses; the local DLC may get a new one each time it starts, but keeps its key. */
export function isSamePlace(
  sent: { endpoint: string; region?: string | null | undefined; identity: string },
  { kind, endpoint, region, credentials }: Here,
): boolean {
  if (sent.endpoint === endpoint) return true;
  if (kind === 'local') return sent.identity === credentials.accessKeyId;
  return region !== undefined && sent.region === region;
}

/** The name under which what was learned of a place is kept. */
export function toPlaceName({ kind, endpoint, region }: Here): string {
  return kind === 'local' ? 'local' : (region ?? endpoint);
}
