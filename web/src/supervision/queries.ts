import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { api } from '~/api/client.ts';
import { ask } from '~/api/problem.ts';

const SECOND = 1_000;

/** How a class's supervision stands: weeks, inspections, means (R7.4). */
export const supervisionQuery = (id: string) =>
  queryOptions({
    queryKey: ['classes', id, 'supervision'],
    queryFn: ({ signal }) => ask(api.GET('/classes/{id}/supervision', { params: { path: { id } }, signal })),
    staleTime: 30 * SECOND,
  });

/** A class's records of remote supervision, the oldest first. */
export const remoteRecordsQuery = (id: string) =>
  queryOptions({
    queryKey: ['classes', id, 'remote-supervisions'],
    queryFn: ({ signal }) => ask(api.GET('/classes/{id}/remote-supervisions', { params: { path: { id } }, signal })),
    select: (page) => page.items,
  });

/** The newest viewings of everybody; a record rests on the supervisor's own. */
export const newestWatchesQuery = queryOptions({
  queryKey: ['watches', 'newest'],
  queryFn: ({ signal }) => ask(api.GET('/watches', { signal })),
  refetchInterval: 5 * SECOND,
  select: (page) => page.items,
});

/** The sheets of a class's on-site inspections; an institution sees those that it signs. */
export const inspectionsQuery = (id: string) =>
  queryOptions({
    queryKey: ['classes', id, 'inspections'],
    queryFn: ({ signal }) => ask(api.GET('/classes/{id}/inspections', { params: { path: { id } }, signal })),
    select: (page) => page.items,
  });

export const inspectionQuery = (id: string) =>
  queryOptions({
    queryKey: ['inspections', id],
    queryFn: ({ signal }) => ask(api.GET('/inspections/{id}', { params: { path: { id } }, signal })),
  });

/** The newest draws of whom to look at. */
export const newestDrawsQuery = queryOptions({
  queryKey: ['draws', 'newest'],
  queryFn: ({ signal }) => ask(api.GET('/draws', { signal })),
  select: (page) => page.items,
});

export const drawsQuery = infiniteQueryOptions({
  queryKey: ['draws', 'all'],
  queryFn: ({ signal, pageParam }) => ask(api.GET('/draws', { params: { query: { before: pageParam } }, signal })),
  initialPageParam: undefined as string | undefined,
  getNextPageParam: (page) => page.next ?? undefined,
  select: (data) => data.pages.flatMap((page) => page.items),
});
