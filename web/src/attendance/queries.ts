import { queryOptions } from '@tanstack/react-query';
import { api } from '~/api/client.ts';
import { ask } from '~/api/problem.ts';
import type { Report } from '~/api/schema.d.ts';

export const attendanceQuery = (id: string, month: string) =>
  queryOptions({
    queryKey: ['classes', id, 'months', month],
    queryFn: ({ signal }) => ask(api.GET('/classes/{id}/months/{month}', { params: { path: { id, month } }, signal })),
  });

/** The daily reports of a month: the list is read from its newest end until it is older than the month. */
export const monthReportsQuery = (id: string, month: string) =>
  queryOptions({
    queryKey: ['classes', id, 'reports', month],
    queryFn: async ({ signal }) => {
      const found: Report[] = [];
      let before: string | undefined;
      do {
        const page = await ask(api.GET('/classes/{id}/reports', { params: { path: { id }, query: { before } }, signal }));
        found.push(...page.items.filter((report) => report.date.startsWith(month)));
        const oldest = page.items.map((report) => report.date).sort().at(0);
        before = oldest !== undefined && oldest >= month ? (page.next ?? undefined) : undefined;
      } while (before !== undefined);
      return found;
    },
  });

export const leavesQuery = (id: string) =>
  queryOptions({
    queryKey: ['classes', id, 'leaves'],
    queryFn: ({ signal }) => ask(api.GET('/classes/{id}/leaves', { params: { path: { id } }, signal })),
  });

export const statementsQuery = (id: string) =>
  queryOptions({
    queryKey: ['classes', id, 'statements'],
    queryFn: ({ signal }) => ask(api.GET('/classes/{id}/statements', { params: { path: { id } }, signal })),
    select: (page) => page.items,
  });

export const punchesQuery = (id: string, date: string) =>
  queryOptions({
    queryKey: ['classes', id, 'punches', date],
    queryFn: ({ signal }) => ask(api.GET('/classes/{id}/punches', { params: { path: { id }, query: { date } }, signal })),
    select: (page) => page.items,
  });
