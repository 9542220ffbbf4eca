import { queryOptions } from '@tanstack/react-query';
import { api } from '~/api/client.ts';
import { ask } from '~/api/problem.ts';

/** How an institution stands: its violations, what they bring on, and whether it may teach today (R7.5). */
export const conductQuery = (institution: string) =>
  queryOptions({
    queryKey: ['institutions', institution, 'violations'],
    queryFn: ({ signal }) => ask(api.GET('/institutions/{id}/violations', { params: { path: { id: institution } }, signal })),
  });
