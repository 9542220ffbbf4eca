import type { HolidayDay } from '~/api/schema.d.ts';

/** A day of a calendar's page. */
interface CalendarDay {
  readonly date: string;
  readonly day: number;
  readonly kind: 'workday' | 'weekend' | 'holiday' | 'make_up';
  readonly marked: HolidayDay | null;
}

/** A month as rows of seven from Monday on; null where another month's days would stand. */
export type Weeks = readonly (readonly (CalendarDay | null)[])[];

/** A month of a year, with what is known of its days. Dates have no zone here. */
export function weeksOf(year: number, month: number, marks: ReadonlyMap<string, HolidayDay>): Weeks {
  const days = new Date(Date.UTC(year, month, 0)).getUTCDate();
  const before = (new Date(Date.UTC(year, month - 1, 1)).getUTCDay() + 6) % 7;
  const cells: (CalendarDay | null)[] = Array.from({ length: before }, () => null);
  for (let day = 1; day <= days; day += 1) {
    const date = `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
    const marked = marks.get(date) ?? null;
    cells.push({ date, day, kind: marked?.kind ?? (cells.length % 7 >= 5 ? 'weekend' : 'workday'), marked });
  }
  while (cells.length % 7 !== 0) cells.push(null);
  return Array.from({ length: cells.length / 7 }, (_, week) => cells.slice(week * 7, week * 7 + 7));
}
