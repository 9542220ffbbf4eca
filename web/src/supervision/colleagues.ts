import { useQuery } from '@tanstack/react-query';
import { peopleQuery } from '~/api/queries.ts';
import type { Colleague, UserRef } from '~/api/schema.d.ts';

/** Everybody of the centre who may inspect, by name. */
export function inspectorsAmong(people: readonly Colleague[]): UserRef[] {
  return people
    .filter(({ role }) => role === 'supervisor' || role === 'manager')
    .map(({ id, display_name }) => ({ id, display_name }))
    .sort((a, b) => a.display_name.localeCompare(b.display_name, 'zh-CN'));
}

/** Whom the person signed in may name as inspectors. */
export function useInspectors(): readonly UserRef[] {
  return inspectorsAmong(useQuery(peopleQuery).data ?? []);
}
