import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { api } from '~/api/client.ts';
import { ask } from '~/api/problem.ts';

/** The approval lists of all years, the newest first (R1.1). */
export const approvalListsQuery = queryOptions({
  queryKey: ['approval-lists'],
  queryFn: ({ signal }) => ask(api.GET('/approval-lists', { signal })),
  select: (page) => page.items,
});

/** Each approval of a venue, withdrawn ones too (R1.2). */
export const venueApprovalsQuery = (venue: string) =>
  queryOptions({
    queryKey: ['venues', venue, 'approvals'],
    queryFn: ({ signal }) => ask(api.GET('/venues/{id}/approvals', { params: { path: { id: venue } }, signal })),
    select: (page) => page.items,
  });

/** Textbooks outside the national catalogue that an institution may use (R1.3). */
export const textbooksQuery = (institution: string) =>
  queryOptions({
    queryKey: ['institutions', institution, 'textbook-exceptions'],
    queryFn: ({ signal }) => ask(api.GET('/institutions/{id}/textbook-exceptions', { params: { path: { id: institution } }, signal })),
    select: (page) => page.items,
  });

/** What a student of a major is worth in a year, the newest first (R9.4). */
export const standardsQuery = infiniteQueryOptions({
  queryKey: ['subsidy-standards'],
  queryFn: ({ signal, pageParam }) => ask(api.GET('/subsidy-standards', { params: { query: { before: pageParam } }, signal })),
  initialPageParam: undefined as string | undefined,
  getNextPageParam: (page) => page.next ?? undefined,
  select: (data) => data.pages.flatMap((page) => page.items),
});

export const devicesQuery = queryOptions({
  queryKey: ['devices'],
  queryFn: ({ signal }) => ask(api.GET('/devices', { signal })),
  refetchInterval: 30_000,
  select: (page) => page.items,
});
