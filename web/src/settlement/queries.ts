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

/** How the accepted students of a class did, the oldest first. */
export const assessmentsQuery = (id: string) =>
  queryOptions({
    queryKey: ['classes', id, 'assessments'],
    queryFn: ({ signal }) => ask(api.GET('/classes/{id}/assessments', { params: { path: { id } }, signal })),
    select: (page) => page.items,
  });

/** What verification and attendance hold against students, and what the centre let pass (R4, R7.2c). */
export const exceptionsQuery = (id: string) =>
  queryOptions({
    queryKey: ['classes', id, 'exceptions'],
    queryFn: ({ signal }) => ask(api.GET('/classes/{id}/exceptions', { params: { path: { id } }, signal })),
  });

/** Each draw of students whom the centre checks itself, and what came out (R4.4). */
export const spotChecksQuery = (id: string) =>
  queryOptions({
    queryKey: ['classes', id, 'spot-checks'],
    queryFn: ({ signal }) => ask(api.GET('/classes/{id}/spot-checks', { params: { path: { id } }, signal })),
  });

/** The tracking ledger of a class (R11.2). */
export const trackingQuery = (id: string) =>
  queryOptions({
    queryKey: ['classes', id, 'tracking'],
    queryFn: ({ signal }) => ask(api.GET('/classes/{id}/tracking', { params: { path: { id } }, signal })),
  });
