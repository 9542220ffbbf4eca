import { infiniteQueryOptions } from '@tanstack/react-query';
import { api } from '~/api/client.ts';
import { ask } from '~/api/problem.ts';
import type { UploadState } from '~/api/schema.d.ts';

export const uploadsQuery = (classId: string | undefined, state: UploadState | undefined) =>
  infiniteQueryOptions({
    queryKey: ['uploads', { classId, state }],
    queryFn: ({ signal, pageParam }) => ask(api.GET('/uploads', { params: { query: { class_id: classId, state, before: pageParam } }, signal })),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    refetchInterval: 5_000,
    select: (data) => data.pages.flatMap((page) => page.items),
  });
