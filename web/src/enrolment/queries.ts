import { queryOptions } from '@tanstack/react-query';
import { api } from '~/api/client.ts';
import { ask } from '~/api/problem.ts';

export const papersQuery = (id: string) =>
  queryOptions({
    queryKey: ['classes', id, 'papers'],
    queryFn: ({ signal }) => ask(api.GET('/classes/{id}/papers', { params: { path: { id } }, signal })),
    select: (page) => page.items,
  });

export const verificationsQuery = (id: string) =>
  queryOptions({
    queryKey: ['classes', id, 'verifications'],
    queryFn: ({ signal }) => ask(api.GET('/classes/{id}/verifications', { params: { path: { id } }, signal })),
  });

export const consentsQuery = (student: string) =>
  queryOptions({
    queryKey: ['students', student, 'consents'],
    queryFn: ({ signal }) => ask(api.GET('/students/{id}/consents', { params: { path: { id: student } }, signal })),
    select: (page) => page.items,
  });

/** Queries by file about a class's students, the oldest first. */
export const exchangesQuery = (classId: string) =>
  queryOptions({
    queryKey: ['classes', classId, 'exchanges'],
    queryFn: ({ signal }) => ask(api.GET('/classes/{id}/exchanges', { params: { path: { id: classId } }, signal })),
    select: (page) => page.items,
  });
