import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { api } from '~/api/client.ts';
import { ask } from '~/api/problem.ts';
import type { ViolationState } from '~/api/schema.d.ts';

/** How an institution stands: its violations, what they bring on, and whether it may teach today (R7.5). */
export const conductQuery = (institution: string) =>
  queryOptions({
    queryKey: ['institutions', institution, 'violations'],
    queryFn: ({ signal }) => ask(api.GET('/institutions/{id}/violations', { params: { path: { id: institution } }, signal })),
  });

/** Charges and violations of all institutions, the newest first. */
export const violationsQuery = (wanted: { readonly state?: ViolationState; readonly class_id?: string }) =>
  infiniteQueryOptions({
    queryKey: ['institutions', 'violations', wanted],
    queryFn: ({ signal, pageParam }) => ask(api.GET('/violations', { params: { query: { ...wanted, before: pageParam } }, signal })),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    select: (data) => data.pages.flatMap((page) => page.items),
  });
