import type { Dayjs } from 'dayjs';
import type { NewLesson, NewTimetable } from '~/api/schema.d.ts';
import { pasted, scheduled, type Pasted } from './schedule.ts';

/** The form of a timetable: a pattern, or a pasted table. */
export interface PlanForm {
  months: number;
  syllabus_file_id: string;
  plan_file_id: string;
  subjects: { subject?: string; teacher?: string; lessons?: number | null }[];
  source: 'generate' | 'paste';
  venue_id?: string;
  span?: [Dayjs, Dayjs];
  weekdays?: number[];
  without?: Dayjs[];
  also?: Dayjs[];
  slots?: string[];
  pasted?: string;
}

export const SLOTS = ['08:30', '09:25', '10:20', '13:30', '14:25', '15:20'];
const date = (day: Dayjs) => day.format('YYYY-MM-DD');

/** The lessons that a form gives as it stands. */
export function lessonsOf(form: Partial<PlanForm>, venues: readonly { id: string; name: string }[]): Pasted {
  if (form.source === 'paste') return pasted(form.pasted ?? '', venues);
  const { venue_id, span, weekdays = [], without = [], also = [], slots = [], subjects = [] } = form;
  if (venue_id === undefined || span === undefined) return { lessons: [], wrong: [] };
  const lessons = scheduled({
    from: date(span[0]), to: date(span[1]), weekdays, slots, without: without.map(date), also: also.map(date), venue: venue_id,
    subjects: subjects.map(({ subject = '', teacher = '', lessons: planned }) => ({ subject, teacher, lessons: planned ?? 0 })),
  });
  return { lessons, wrong: [] };
}

export function toTimetable(form: PlanForm, lessons: readonly NewLesson[]): NewTimetable {
  return {
    months: form.months,
    syllabus_file_id: form.syllabus_file_id,
    plan_file_id: form.plan_file_id,
    subjects: form.subjects.map(({ subject = '', lessons: planned }) => ({ subject, lessons: planned ?? 0 })),
    lessons: [...lessons],
  };
}
