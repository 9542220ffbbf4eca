import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { api } from '~/api/client.ts';
import { ask } from '~/api/problem.ts';
import { whileShort } from '~/api/queries.ts';
import type { UploadState } from '~/api/schema.d.ts';

export const uploadsQuery = (classId: string | undefined, state: UploadState | undefined) =>
  infiniteQueryOptions({
    queryKey: ['uploads', { classId, state }],
    queryFn: ({ signal, pageParam }) => ask(api.GET('/uploads', { params: { query: { class_id: classId, state, before: pageParam } }, signal })),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    refetchInterval: whileShort(5_000),
    select: (data) => data.pages.flatMap((page) => page.items),
  });

export const uploadQuery = (id: string) =>
  queryOptions({
    queryKey: ['uploads', id],
    queryFn: ({ signal }) => ask(api.GET('/uploads/{id}', { params: { path: { id } }, signal })),
    // Until the check has spoken.
    refetchInterval: (query) => (query.state.data?.state === 'receiving' || query.state.data?.state === 'received' ? 3_000 : false),
  });

/** What stands against taking it: only the centre may ask. */
export const uploadEvidenceQuery = (id: string) =>
  queryOptions({
    queryKey: ['uploads', id, 'evidence'],
    queryFn: ({ signal }) => ask(api.GET('/uploads/{id}/evidence', { params: { path: { id } }, signal })),
  });
