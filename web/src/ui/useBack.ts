import { useCanGoBack, useRouter } from '@tanstack/react-router';
import type { NavEntry } from '~/app/nav.ts';

/** Back to where the reader came from, or to a list when this page was opened by its address. */
export function useBack(otherwise: NavEntry['to'] | '/likenesses'): () => void {
  const router = useRouter();
  const canGoBack = useCanGoBack();
  return () => {
    if (canGoBack) router.history.back();
    else void router.navigate({ to: otherwise });
  };
}
