import { useSyncExternalStore } from 'react';

const NARROW = '(max-width: 760px)';

/** Whether the page is as narrow as a telephone; the same width as in shell.module.css. */
export function useNarrow(): boolean {
  return useSyncExternalStore(
    (listener) => {
      const query = matchMedia(NARROW);
      query.addEventListener('change', listener);
      return () => {
        query.removeEventListener('change', listener);
      };
    },
    () => matchMedia(NARROW).matches,
  );
}
