import { queryOptions } from '@tanstack/react-query';
import { api } from '~/api/client.ts';
import { ask } from '~/api/problem.ts';

export const comparisonQuery = (id: string) =>
  queryOptions({
    queryKey: ['findings', id, 'comparison'],
    queryFn: ({ signal }) => ask(api.GET('/findings/{id}/comparison', { params: { path: { id } }, signal })),
    // Each reading is logged: one look is one reading.
    staleTime: Infinity,
  });
