/** Runs once, before the first request of a server, and never during a build. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== 'nodejs') return;
  const { start } = await import('@/lib/server/start');
  await start(async (options) => {
    const { startLocalDlc } = await import('@/lib/local-dlc/start');
    return startLocalDlc(options);
  });
}
