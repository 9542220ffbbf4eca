import { infiniteQueryOptions } from '@tanstack/react-query';
import { api } from '~/api/client.ts';
import { ask } from '~/api/problem.ts';

/** Invitations, also those that have ended, the newest first. */
export const invitationsQuery = infiniteQueryOptions({
  queryKey: ['invitations'],
  queryFn: ({ signal, pageParam }) => ask(api.GET('/invitations', { params: { query: { before: pageParam } }, signal })),
  initialPageParam: undefined as string | undefined,
  getNextPageParam: (page) => page.next ?? undefined,
  select: (data) => data.pages.flatMap((page) => page.items),
});
