import type { NewLesson } from '~/api/schema.d.ts';
import { instantAt, isDate, shiftDate } from '~/time/zone.ts';
import { weekday } from './lessons.ts';

/** 45 minutes, as the notice has a lesson. */
const LESSON_MINUTES = 45;

interface Taught {
  readonly subject: string;
  readonly teacher: string;
  /** At least so many, by the plan. */
  readonly lessons: number;
}

/** A pattern of teaching. */
export interface Pattern {
  readonly from: string;
  readonly to: string;
  /** 1 for Monday to 7 for Sunday. */
  readonly weekdays: readonly number[];
  readonly without: readonly string[];
  readonly also: readonly string[];
  /** `HH:MM` at which a lesson begins. */
  readonly slots: readonly string[];
  readonly venue: string;
  readonly subjects: readonly Taught[];
}

/** Every lesson of a pattern. Half a day is of one subject; whichever is furthest behind its share comes next. */
export function scheduled({ from, to, weekdays, without, also, slots, venue, subjects }: Pattern): NewLesson[] {
  const wanted = subjects.filter(({ lessons }) => lessons > 0);
  if (wanted.length === 0 || !isDate(from) || !isDate(to)) return [];
  const given = new Map(wanted.map((subject) => [subject, 0]));
  const behind = () => wanted.reduce((a, b) => ((given.get(b) ?? 0) / b.lessons < (given.get(a) ?? 0) / a.lessons ? b : a));
  const times = [...new Set(slots)].sort();
  const halves = [times.slice(0, Math.ceil(times.length / 2)), times.slice(Math.ceil(times.length / 2))];
  const lessons: NewLesson[] = [];
  for (let date = from; date <= to; date = shiftDate(date, 1)) {
    const taught = also.includes(date) || (weekdays.includes(weekday(date)) && !without.includes(date));
    for (const half of taught ? halves : []) {
      const subject = behind();
      given.set(subject, (given.get(subject) ?? 0) + half.length);
      for (const slot of half) {
        lessons.push({ starts_at: instantAt(date, slot), ends_at: instantAt(date, later(slot)), subject: subject.subject, teacher: subject.teacher, venue_id: venue });
      }
    }
  }
  return lessons;
}

function later(slot: string): string {
  const [hours = 0, minutes = 0] = slot.split(':').map(Number);
  const end = Math.min(hours * 60 + minutes + LESSON_MINUTES, 23 * 60 + 59);
  return `${String(Math.floor(end / 60)).padStart(2, '0')}:${String(end % 60).padStart(2, '0')}`;
}

type PasteWhy = 'columns' | 'date' | 'time' | 'subject' | 'venue';
export interface Pasted {
  readonly lessons: readonly NewLesson[];
  readonly wrong: readonly { line: number; why: PasteWhy }[];
}

/** Reads a table of lessons: date, from, until, subject, teacher, room. A first line that holds no date is a heading. */
export function pasted(text: string, venues: readonly { id: string; name: string }[]): Pasted {
  const lessons: NewLesson[] = [];
  const wrong: { line: number; why: PasteWhy }[] = [];
  text.split(/\r?\n/).forEach((row, index) => {
    if (row.trim() === '') return;
    const cells = row.split(row.includes('\t') ? '\t' : /[,，]/).map((cell) => cell.trim());
    const read = one(cells, venues);
    if (typeof read === 'object') lessons.push(read);
    else if (!(index === 0 && !/\d/.test(cells[0] ?? ''))) wrong.push({ line: index + 1, why: read });
  });
  return { lessons, wrong };
}

function one(cells: readonly string[], venues: readonly { id: string; name: string }[]): NewLesson | PasteWhy {
  const [day, from, until, subject, teacher, room] = cells;
  if (day === undefined || from === undefined || until === undefined || subject === undefined || teacher === undefined || room === undefined) return 'columns';
  const date = day.replaceAll('/', '-').replace(/-(\d)(?=-|$)/g, '-0$1');
  if (!isDate(date)) return 'date';
  const [start, end] = [minute(from), minute(until)];
  if (start === null || end === null || end <= start) return 'time';
  if (subject === '') return 'subject';
  const venue = venues.find(({ name }) => name === room);
  return venue === undefined ? 'venue' : { starts_at: instantAt(date, start), ends_at: instantAt(date, end), subject, teacher, venue_id: venue.id };
}

function minute(text: string): string | null {
  const [, hours, minutes] = /^(\d{1,2})[:：](\d{2})(?::00)?$/.exec(text) ?? [];
  if (hours === undefined || minutes === undefined || Number(hours) > 23 || Number(minutes) > 59) return null;
  return `${hours.padStart(2, '0')}:${minutes}`;
}
