import type { Lesson, NewLesson } from '~/api/schema.d.ts';
import { dateOf, minuteOf, ms, shiftDate, startOf } from '~/time/zone.ts';

/** A lesson that is given or only planned. */
export type AnyLesson = Pick<Lesson | NewLesson, 'starts_at' | 'ends_at' | 'subject' | 'teacher' | 'venue_id'>;

/** Lessons that follow each other and are the same but for their time. */
export interface Block {
  readonly from: string;
  readonly until: string;
  readonly subject: string;
  readonly teacher: string;
  readonly venue_id: string;
  readonly count: number;
}

/** Longer breaks part a morning from an afternoon. */
const BREAK_MS = 40 * 60_000;

/** The lessons of each civil date, by start. */
export function byDate<L extends AnyLesson>(lessons: readonly L[]): Map<string, L[]> {
  const dates = new Map<string, L[]>();
  for (const lesson of lessons.toSorted((a, b) => ms(a.starts_at) - ms(b.starts_at))) {
    const date = dateOf(ms(lesson.starts_at));
    dates.set(date, [...(dates.get(date) ?? []), lesson]);
  }
  return dates;
}

/** A day's lessons, those of one subject, teacher and room without a long break between them together. */
export function blocks(lessons: readonly AnyLesson[]): Block[] {
  const found: (Block & { end: number })[] = [];
  for (const { starts_at, ends_at, subject, teacher, venue_id } of lessons.toSorted((a, b) => ms(a.starts_at) - ms(b.starts_at))) {
    const [start, end] = [ms(starts_at), ms(ends_at)];
    const last = found.at(-1);
    const goesOn = last?.subject === subject && last.teacher === teacher && last.venue_id === venue_id && start - last.end < BREAK_MS;
    if (goesOn) found[found.length - 1] = { ...last, until: minuteOf(end), end, count: last.count + 1 };
    else found.push({ from: minuteOf(start), until: minuteOf(end), subject, teacher, venue_id, count: 1, end });
  }
  return found.map(({ from, until, subject, teacher, venue_id, count }) => ({ from, until, subject, teacher, venue_id, count }));
}

/** 1 for Monday to 7 for Sunday. */
export function weekday(date: string): number {
  return ((new Date(startOf(date) + 8 * 3_600_000).getUTCDay() + 6) % 7) + 1;
}

/** The Monday of a date's week. */
export function mondayOf(date: string): string {
  return shiftDate(date, 1 - weekday(date));
}

/** The weeks that a month touches, Monday first, each with its seven dates. */
export function weeksOf(month: string): string[][] {
  const weeks: string[][] = [];
  for (let monday = mondayOf(`${month}-01`); monday.slice(0, 7) <= month; monday = shiftDate(monday, 7)) {
    weeks.push(Array.from({ length: 7 }, (_, day) => shiftDate(monday, day)));
  }
  return weeks;
}

/** The month before or after. */
export function shiftMonth(month: string, by: 1 | -1): string {
  return by === 1 ? shiftDate(`${month}-28`, 7).slice(0, 7) : shiftDate(`${month}-01`, -1).slice(0, 7);
}
