import type { Presence, StudentPresence } from '~/api/schema.d.ts';

const ORDER: Record<Presence, number> = { not_seen: 0, unclear: 1, seen: 2 };

/** Those who were not seen first, then those seen shortest: what somebody looks for stands on top. */
export function byPresence(students: readonly StudentPresence[]): StudentPresence[] {
  const lasted = ({ first_seen, last_seen }: StudentPresence): number => (first_seen == null || last_seen == null ? 0 : Date.parse(last_seen) - Date.parse(first_seen));
  return students.toSorted((a, b) => ORDER[a.presence] - ORDER[b.presence] || lasted(a) - lasted(b));
}
