import { infiniteQueryOptions } from '@tanstack/react-query';
import { api } from '~/api/client.ts';
import { ask } from '~/api/problem.ts';

/** The messages about a class, the newest page first. */
export const messagesQuery = (id: string) =>
  infiniteQueryOptions({
    queryKey: ['classes', id, 'messages'],
    queryFn: ({ signal, pageParam }) => ask(api.GET('/classes/{id}/messages', { params: { path: { id }, query: { before: pageParam } }, signal })),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    refetchInterval: 10_000,
    select: (data) => data.pages.flatMap((page) => page.items),
  });
