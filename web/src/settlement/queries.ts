import { queryOptions } from '@tanstack/react-query';
import { api } from '~/api/client.ts';
import { ask } from '~/api/problem.ts';

/** A class's applications for close-out, the oldest first. */
export const closeoutsQuery = (id: string) =>
  queryOptions({
    queryKey: ['classes', id, 'closeouts'],
    queryFn: ({ signal }) => ask(api.GET('/classes/{id}/closeouts', { params: { path: { id } }, signal })),
    select: (page) => page.items,
  });

/** A class's notices with objections and payment, the oldest first. */
export const noticesQuery = (id: string) =>
  queryOptions({
    queryKey: ['classes', id, 'notices'],
    queryFn: ({ signal }) => ask(api.GET('/classes/{id}/notices', { params: { path: { id } }, signal })),
    select: (page) => page.items,
  });

/** The reckonings of a class's subsidy, the oldest first; the newest counts. */
export const subsidiesQuery = (id: string) =>
  queryOptions({
    queryKey: ['classes', id, 'subsidies'],
    queryFn: ({ signal }) => ask(api.GET('/classes/{id}/subsidies', { params: { path: { id } }, signal })),
    select: (page) => page.items,
  });

/** Each claim of a class, the oldest first; the newest counts. */
export const claimsQuery = (id: string) =>
  queryOptions({
    queryKey: ['classes', id, 'claims'],
    queryFn: ({ signal }) => ask(api.GET('/classes/{id}/claims', { params: { path: { id } }, signal })),
    select: (page) => page.items,
  });
