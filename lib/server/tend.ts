import 'server-only';
import type { Ledger } from './ledger';

const everyMs = 1_000;

/** Keeps settling what is open, at once and then every second, until the returned function is called. */
export function tend(
  ledger: Pick<Ledger, 'settleExpired' | 'recover'>,
  report: (message: string, detail: Record<string, unknown>) => void,
): () => Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  let isOver = false;
  let last = '';
  let round = work();

  async function work(): Promise<void> {
    try {
      await ledger.settleExpired();
      await ledger.recover();
      last = '';
    } catch (error) {
      // The store may be away for hours: one line when it goes.
      const reason = String(error);
      if (reason !== last) report('Open submissions could not be settled.', { error: reason });
      last = reason;
    }
    if (isOver) return;
    timer = setTimeout(() => {
      round = work();
    }, everyMs);
    timer.unref();
  }

  return async () => {
    isOver = true;
    clearTimeout(timer);
    await round;
  };
}
