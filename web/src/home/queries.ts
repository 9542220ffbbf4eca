import { queryOptions } from '@tanstack/react-query';
import { api } from '~/api/client.ts';
import { ask } from '~/api/problem.ts';
import { readCheckpoint } from './checkpoint.ts';

/** How the video evidence of the newest classes stands. */
export const evidencesQuery = queryOptions({
  queryKey: ['evidence'],
  queryFn: ({ signal }) => ask(api.GET('/evidence', { signal })),
  select: (page) => page.items,
});

export const checkpointQuery = queryOptions({
  queryKey: ['audit', 'checkpoint'],
  queryFn: async ({ signal }) => readCheckpoint(await ask(api.GET('/audit/checkpoint', { signal, parseAs: 'text' }))),
});

export const openingQuery = (id: string) =>
  queryOptions({
    queryKey: ['classes', id, 'opening'],
    queryFn: ({ signal }) => ask(api.GET('/classes/{id}/opening', { params: { path: { id } }, signal })),
    staleTime: 60_000,
  });

export const statementsQuery = (id: string) =>
  queryOptions({
    queryKey: ['classes', id, 'statements'],
    queryFn: ({ signal }) => ask(api.GET('/classes/{id}/statements', { params: { path: { id } }, signal })),
    select: (page) => page.items,
  });

/** Notices that hang today, as everybody may read them. */
export const hangingNoticesQuery = queryOptions({
  queryKey: ['notices', 'hanging'],
  queryFn: ({ signal }) => ask(api.GET('/notices', { signal })),
  select: (page) => page.items,
});
