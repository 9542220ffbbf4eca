import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import type { ClipState, FindingState } from './schema.d.ts';
import { api } from './client.ts';
import { ask } from './problem.ts';

const SECOND = 1_000;

/** A list that moves is fetched again and again, but not all the pages that somebody has leafed through. */
export const whileShort =
  (milliseconds: number) =>
  (query: { readonly state: { readonly data?: { readonly pages: readonly unknown[] } } }): number | false =>
    (query.state.data?.pages.length ?? 0) > 2 ? false : milliseconds;

export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: ({ signal }) => ask(api.GET('/me', { signal })),
  staleTime: 60 * SECOND,
});

export const systemQuery = queryOptions({
  queryKey: ['system'],
  queryFn: ({ signal }) => ask(api.GET('/system', { signal })),
  refetchInterval: 15 * SECOND,
});

export const camerasQuery = queryOptions({
  queryKey: ['cameras'],
  queryFn: ({ signal }) => ask(api.GET('/cameras', { signal })),
  refetchInterval: 5 * SECOND,
  select: (page) => page.items,
});

export const recordingsQuery = (id: string, date: string) =>
  queryOptions({
    queryKey: ['recordings', id, date],
    queryFn: ({ signal }) => ask(api.GET('/cameras/{id}/recordings', { params: { path: { id }, query: { date } }, signal })),
    refetchInterval: 30 * SECOND,
  });

export const institutionsQuery = queryOptions({
  queryKey: ['institutions'],
  queryFn: ({ signal }) => ask(api.GET('/institutions', { signal })),
  select: (page) => page.items,
});

export const venuesQuery = queryOptions({
  queryKey: ['venues'],
  queryFn: ({ signal }) => ask(api.GET('/venues', { signal })),
  select: (page) => page.items,
});

export const classesQuery = queryOptions({
  queryKey: ['classes'],
  queryFn: ({ signal }) => ask(api.GET('/classes', { signal })),
  select: (page) => page.items,
});

export const classQuery = (id: string) =>
  queryOptions({
    queryKey: ['classes', id],
    queryFn: ({ signal }) => ask(api.GET('/classes/{id}', { params: { path: { id } }, signal })),
  });

export const studentsQuery = (id: string) =>
  queryOptions({
    queryKey: ['classes', id, 'students'],
    queryFn: ({ signal }) => ask(api.GET('/classes/{id}/students', { params: { path: { id } }, signal })),
    select: (page) => page.items,
  });

export const sessionsQuery = (id: string) =>
  queryOptions({
    queryKey: ['classes', id, 'sessions'],
    queryFn: ({ signal }) => ask(api.GET('/classes/{id}/sessions', { params: { path: { id } }, signal })),
    select: (page) => page.items,
  });

export const reportsQuery = (id: string) =>
  queryOptions({
    queryKey: ['classes', id, 'reports'],
    queryFn: ({ signal }) => ask(api.GET('/classes/{id}/reports', { params: { path: { id } }, signal })),
    select: (page) => page.items,
  });

export const evidenceQuery = (id: string) =>
  queryOptions({
    queryKey: ['classes', id, 'evidence'],
    queryFn: ({ signal }) => ask(api.GET('/classes/{id}/evidence', { params: { path: { id } }, signal })),
    refetchInterval: 30 * SECOND,
  });

export const classDayQuery = (id: string, date: string) =>
  queryOptions({
    queryKey: ['classes', id, 'days', date],
    queryFn: ({ signal }) => ask(api.GET('/classes/{id}/days/{date}', { params: { path: { id, date } }, signal })),
    refetchInterval: 10 * SECOND,
  });

export const daysQuery = (date: string) =>
  queryOptions({
    queryKey: ['days', date],
    queryFn: ({ signal }) => ask(api.GET('/days', { params: { query: { date } }, signal })),
    refetchInterval: 15 * SECOND,
    select: (page) => page.items,
  });

export const findingsQuery = (state: FindingState | undefined, classId: string | undefined) =>
  infiniteQueryOptions({
    queryKey: ['findings', { state, classId }],
    queryFn: ({ signal, pageParam }) =>
      ask(api.GET('/findings', { params: { query: { state, class_id: classId, before: pageParam } }, signal })),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    refetchInterval: whileShort(15 * SECOND),
    select: (data) => data.pages.flatMap((page) => page.items),
  });

export const findingQuery = (id: string) =>
  queryOptions({
    queryKey: ['findings', id],
    queryFn: ({ signal }) => ask(api.GET('/findings/{id}', { params: { path: { id } }, signal })),
  });

export const clipsQuery = (state: ClipState | undefined, classId: string | undefined) =>
  infiniteQueryOptions({
    queryKey: ['clips', { state, classId }],
    queryFn: ({ signal, pageParam }) =>
      ask(api.GET('/clips', { params: { query: { state, class_id: classId, before: pageParam } }, signal })),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    refetchInterval: whileShort(5 * SECOND),
    select: (data) => data.pages.flatMap((page) => page.items),
  });

export const clipQuery = (id: string) =>
  queryOptions({
    queryKey: ['clips', id],
    queryFn: ({ signal }) => ask(api.GET('/clips/{id}', { params: { path: { id } }, signal })),
    refetchInterval: (query) => (query.state.data?.state === 'requested' ? 2 * SECOND : false),
  });

export const auditQuery = infiniteQueryOptions({
  queryKey: ['audit'],
  queryFn: ({ signal, pageParam }) => ask(api.GET('/audit', { params: { query: { before: pageParam } }, signal })),
  initialPageParam: undefined as string | undefined,
  getNextPageParam: (page) => page.next ?? undefined,
  select: (data) => data.pages.flatMap((page) => page.items),
});

export const watchesQuery = infiniteQueryOptions({
  queryKey: ['watches'],
  queryFn: ({ signal, pageParam }) => ask(api.GET('/watches', { params: { query: { before: pageParam } }, signal })),
  initialPageParam: undefined as string | undefined,
  getNextPageParam: (page) => page.next ?? undefined,
  refetchInterval: whileShort(10 * SECOND),
  select: (data) => data.pages.flatMap((page) => page.items),
});

export const usersQuery = queryOptions({
  queryKey: ['users'],
  queryFn: ({ signal }) => ask(api.GET('/users', { signal })),
  select: (page) => page.items,
});

/** Whom one works with, by name: the centre's people each other, an institution's people their own. */
export const peopleQuery = queryOptions({
  queryKey: ['people'],
  queryFn: ({ signal }) => ask(api.GET('/people', { signal })),
  select: (page) => page.items,
});
