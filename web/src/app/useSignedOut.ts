import { useQueryClient } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { useEffect } from 'react';
import { Problem } from '~/api/problem.ts';

/** Goes to the sign-in page as soon as any request is answered that nobody is signed in. */
export function useSignedOut(): void {
  const client = useQueryClient();
  const router = useRouter();
  useEffect(() => {
    const leave = (error: unknown) => {
      if (!(error instanceof Problem) || error.status !== 401) return;
      const to = router.state.location.href;
      if (to.startsWith('/sign-in')) return;
      void router.navigate({ to: '/sign-in', search: { to } }).then(() => {
        client.clear();
      });
    };
    const queries = client.getQueryCache().subscribe((event) => {
      if (event.type === 'updated' && event.action.type === 'error') leave(event.action.error);
    });
    const mutations = client.getMutationCache().subscribe((event) => {
      if (event.type === 'updated' && event.action.type === 'error') leave(event.action.error);
    });
    return () => {
      queries();
      mutations();
    };
  }, [client, router]);
}
