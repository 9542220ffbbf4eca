import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { api } from '~/api/client.ts';
import { ask } from '~/api/problem.ts';

/** Every notice that hangs today, the newest first; open to anyone. */
export const publicNoticesQuery = infiniteQueryOptions({
  queryKey: ['notices', 'public'],
  queryFn: ({ signal, pageParam }) => ask(api.GET('/notices', { params: { query: { before: pageParam } }, signal })),
  initialPageParam: undefined as string | undefined,
  getNextPageParam: (page) => page.next ?? undefined,
  select: (data) => data.pages.flatMap((page) => page.items),
});

export const publicNoticeQuery = (id: string) =>
  queryOptions({
    queryKey: ['notices', id],
    queryFn: ({ signal }) => ask(api.GET('/notices/{id}', { params: { path: { id } }, signal })),
  });
