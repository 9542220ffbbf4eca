import { queryOptions } from '@tanstack/react-query';
import { api } from '~/api/client.ts';
import { ask } from '~/api/problem.ts';

export const openingQuery = (id: string) =>
  queryOptions({
    queryKey: ['classes', id, 'opening'],
    queryFn: ({ signal }) => ask(api.GET('/classes/{id}/opening', { params: { path: { id } }, signal })),
  });

export const closeoutsQuery = (id: string) =>
  queryOptions({
    queryKey: ['classes', id, 'closeouts'],
    queryFn: ({ signal }) => ask(api.GET('/classes/{id}/closeouts', { params: { path: { id } }, signal })),
    select: (page) => page.items,
  });

export const claimsQuery = (id: string) =>
  queryOptions({
    queryKey: ['classes', id, 'claims'],
    queryFn: ({ signal }) => ask(api.GET('/classes/{id}/claims', { params: { path: { id } }, signal })),
    select: (page) => page.items,
  });

export const noticesQuery = (id: string) =>
  queryOptions({
    queryKey: ['classes', id, 'notices'],
    queryFn: ({ signal }) => ask(api.GET('/classes/{id}/notices', { params: { path: { id } }, signal })),
    select: (page) => page.items,
  });
