import { queryOptions } from '@tanstack/react-query';
import { api } from '~/api/client.ts';
import { ask, Problem } from '~/api/problem.ts';
import type { Timetable } from '~/api/schema.d.ts';

/** A class's newest timetable; null before one was handed in. */
export const timetableQuery = (id: string) =>
  queryOptions({
    queryKey: ['classes', id, 'timetable'],
    queryFn: async ({ signal }): Promise<Timetable | null> => {
      try {
        return await ask(api.GET('/classes/{id}/timetable', { params: { path: { id } }, signal }));
      } catch (error) {
        if (error instanceof Problem && error.status === 404) return null;
        throw error;
      }
    },
  });
