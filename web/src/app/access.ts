import { useSuspenseQuery } from '@tanstack/react-query';
import { meQuery } from '~/api/queries.ts';
import type { Action, Me } from '~/api/schema.d.ts';

/** The person signed in; only below the signed-in layout, whose loader has already fetched it. */
export function useMe(): Me {
  return useSuspenseQuery(meQuery).data;
}

/** Whether the person signed in may do something. The server decides again; this only keeps dead buttons off the page. */
export function useMay(action: Action): boolean {
  return useMe().actions.includes(action);
}
