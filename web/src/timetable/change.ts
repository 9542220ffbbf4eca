import type { Lesson, NewTimetableChange } from '~/api/schema.d.ts';
import { instantAt, minuteOf, ms } from '~/time/zone.ts';

/** What is to become of chosen lessons; what is left out stays. */
export interface Wanted {
  readonly how: 'move' | 'cancel';
  readonly date?: string;
  readonly venue_id?: string;
  readonly teacher?: string;
  readonly subject?: string;
  readonly reason: string;
}

/** The request: a lesson that moves keeps its identity, and stands on both sides. */
export function toChange(lessons: readonly Lesson[], wanted: Wanted): NewTimetableChange {
  const withdrawn = lessons.map(({ id }) => id);
  if (wanted.how === 'cancel') return { withdrawn, added: [], reason: wanted.reason };
  const added = lessons.map((lesson) => {
    const date = wanted.date ?? lesson.date;
    return {
      id: lesson.id,
      starts_at: instantAt(date, minuteOf(ms(lesson.starts_at))),
      ends_at: instantAt(date, minuteOf(ms(lesson.ends_at))),
      subject: filled(wanted.subject) ?? lesson.subject,
      teacher: filled(wanted.teacher) ?? lesson.teacher,
      venue_id: wanted.venue_id ?? lesson.venue_id,
    };
  });
  return { withdrawn, added, reason: wanted.reason };
}

function filled(text: string | undefined): string | undefined {
  const trimmed = text?.trim();
  return trimmed === '' ? undefined : trimmed;
}
