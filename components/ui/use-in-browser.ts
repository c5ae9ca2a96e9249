import { useSyncExternalStore } from 'react';

const never = () => () => {};

/** False while the server renders and the page wakes up, true from then on. */
export function useInBrowser(): boolean {
  return useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
}
