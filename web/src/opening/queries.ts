import { queryOptions } from '@tanstack/react-query';
import { api } from '~/api/client.ts';
import { ask } from '~/api/problem.ts';

export const openingQuery = (id: string) =>
  queryOptions({
    queryKey: ['classes', id, 'opening'],
    queryFn: ({ signal }) => ask(api.GET('/classes/{id}/opening', { params: { path: { id } }, signal })),
  });
