import { useQuery } from '@tanstack/react-query';
import { sessionsQuery } from '~/api/queries.ts';
import { minuteOf, ms } from '~/time/zone.ts';

interface LessonOption {
  readonly value: string;
  readonly label: string;
}

/** The lessons of a class to choose from, the newest first; undefined while they are being fetched. */
export function useLessons(classId: string): LessonOption[] | undefined {
  return useQuery(sessionsQuery(classId))
    .data?.toSorted((a, b) => b.starts_at.localeCompare(a.starts_at))
    .map((one) => ({ value: one.id, label: `${one.date} ${minuteOf(ms(one.starts_at))}–${minuteOf(ms(one.ends_at))} ${one.venue.name}` }));
}
