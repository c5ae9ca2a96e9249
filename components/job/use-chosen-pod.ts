'use client';

import { useSearchParams } from 'next/navigation';

/** The pod whose output is shown stands in the address, so that the link shows it too. */
export function useChosenPod() {
  const chosen = useSearchParams().get('pod');
  const toHref = (podId: string) => `?pod=${encodeURIComponent(podId)}`;
  // The page need not be asked for again: the same job, another view.
  const choose = (podId: string) => window.history.replaceState(null, '', toHref(podId));
  return { chosen, choose, toHref };
}
