import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { api } from '~/api/client.ts';
import { ask } from '~/api/problem.ts';

/** The policy in force, number by number. */
export const policyQuery = queryOptions({
  queryKey: ['policies', 'current'],
  queryFn: ({ signal }) => ask(api.GET('/policies/current', { signal })),
});

/** Every version of the policy, the newest first. */
export const policyHistoryQuery = infiniteQueryOptions({
  queryKey: ['policies', 'history'],
  queryFn: ({ signal, pageParam }) => ask(api.GET('/policies', { params: { query: { before: pageParam } }, signal })),
  initialPageParam: undefined as string | undefined,
  getNextPageParam: (page) => page.next ?? undefined,
  select: (data) => data.pages.flatMap((page) => page.items),
});

/** The days off and make-up workdays of a year. */
export const holidaysQuery = (year: number) =>
  queryOptions({
    queryKey: ['holidays', year],
    queryFn: ({ signal }) => ask(api.GET('/holidays', { params: { query: { year } }, signal })),
  });

export const webhooksQuery = queryOptions({
  queryKey: ['webhooks'],
  queryFn: ({ signal }) => ask(api.GET('/webhooks', { signal })),
  refetchInterval: 15_000,
  select: (page) => page.items,
});

/** A webhook's deliveries, the newest first. */
export const deliveriesQuery = (webhook: string) =>
  infiniteQueryOptions({
    queryKey: ['webhooks', webhook, 'deliveries'],
    queryFn: ({ signal, pageParam }) => ask(api.GET('/webhooks/{id}/deliveries', { params: { path: { id: webhook }, query: { before: pageParam } }, signal })),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    select: (data) => data.pages.flatMap((page) => page.items),
  });

/** How every part of the system does. */
export const healthQuery = queryOptions({
  queryKey: ['system', 'health'],
  queryFn: ({ signal }) => ask(api.GET('/system/health', { signal })),
  refetchInterval: 15_000,
});
