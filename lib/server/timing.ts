import 'server-only';
import type { Connection } from './dlc';

/** Spans of time, in milliseconds, from which the ledger concludes something. */
export type Timing = {
  /** From signing: when a job that no listing shows by then will never be made (Q of the design). */
  absenceAfterMs: number;
  /** Beyond the deadline of an exchange: how long its process is still believed to be alive. */
  leaseMarginMs: number;
  /** From signing: how long a listing is searched for what is not known, or might turn up. */
  keepLookingMs: number;
  /** Between two listings for an unconfirmed submission: at first, and at most. It doubles from the one to the other. */
  firstLookMs: number;
  maxLookMs: number;
  /** Between two listings for one that is settled, but whose job might still turn up. */
  watchEveryMs: number;
};

const hourMs = 3_600_000;

/**
 * Fifteen minutes is how long a signature lives in the cloud; clock skew, processing and the lag of listings are the
 * rest of the twenty. A shorter life is only true of a DLC that was started with it, and then shortens all together.
 */
export function toTiming({ kind, signatureLifeMs }: Pick<Connection, 'kind' | 'signatureLifeMs'>): Timing {
  const lifeMs = signatureLifeMs ?? (kind === 'local' ? localSignatureLifeMs : cloudSignatureLifeMs);
  const isCloud = lifeMs >= cloudSignatureLifeMs;
  return {
    absenceAfterMs: isCloud ? lifeMs + 5 * 60_000 : lifeMs * 1.5,
    leaseMarginMs: isCloud ? 30_000 : Math.min(30_000, lifeMs / 2),
    keepLookingMs: 24 * hourMs,
    firstLookMs: Math.min(1_000, lifeMs / 10),
    maxLookMs: Math.min(60_000, lifeMs / 4),
    watchEveryMs: isCloud ? 10 * 60_000 : lifeMs,
  };
}

export const cloudSignatureLifeMs = 15 * 60_000;
export const localSignatureLifeMs = 60_000;
