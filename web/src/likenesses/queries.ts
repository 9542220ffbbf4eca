import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { api } from '~/api/client.ts';
import { ask } from '~/api/problem.ts';
import { whileShort } from '~/api/queries.ts';
import type { LikenessState } from '~/api/schema.d.ts';

interface Wanted {
  readonly state?: LikenessState;
  readonly class_id?: string;
  readonly upload_id?: string;
}

export const likenessesQuery = (wanted: Wanted) =>
  infiniteQueryOptions({
    queryKey: ['likenesses', wanted],
    queryFn: ({ signal, pageParam }) => ask(api.GET('/likenesses', { params: { query: { ...wanted, before: pageParam } }, signal })),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    refetchInterval: whileShort(15_000),
    select: (data) => data.pages.flatMap((page) => page.items),
  });

export const likenessQuery = (id: string) =>
  queryOptions({
    queryKey: ['likenesses', id],
    queryFn: ({ signal }) => ask(api.GET('/likenesses/{id}', { params: { path: { id } }, signal })),
  });
