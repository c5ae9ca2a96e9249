import type { Instrumentation } from 'next';

/** Runs once, before the first request of a server, and never during a build. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== 'nodejs') return;
  const { start } = await import('@/lib/server/start');
  await start(async (options) => {
    const { startLocalDlc } = await import('@/lib/local-dlc/start');
    return startLocalDlc(options);
  });
}

/** What a page, an action or a handler threw: a bug. Next prints it too, as text. */
export const onRequestError: Instrumentation.onRequestError = async (
  error,
  { method, path },
  { routePath },
) => {
  if (process.env.NEXT_RUNTIME !== 'nodejs') return;
  const { log } = await import('@/lib/server/log');
  log().error('A request failed.', { method, path: path.split('?')[0], route: routePath, error });
};
