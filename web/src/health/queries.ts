import { queryOptions } from '@tanstack/react-query';
import { api } from '~/api/client.ts';
import { ask } from '~/api/problem.ts';

export const healthQuery = (camera: string, from: string, to: string) =>
  queryOptions({
    queryKey: ['cameras', camera, 'health', from, to],
    queryFn: ({ signal }) => ask(api.GET('/cameras/{id}/health', { params: { path: { id: camera }, query: { from, to } }, signal })),
  });
