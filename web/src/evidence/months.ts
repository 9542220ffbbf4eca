import dayjs from 'dayjs';
import type { EvidenceDay } from '~/api/schema.d.ts';

export interface MonthOfDays {
  /** `YYYY-MM`. */
  month: string;
  /** Empty places before the first day, in weeks that begin on Monday. */
  lead: number;
  /** Every day of the month; those that are training days with what is known of them. */
  days: { number: number; day: EvidenceDay | undefined }[];
}

/** The months from the first training day's to the last one's, each whole. */
export function byMonth(days: readonly EvidenceDay[]): MonthOfDays[] {
  const known = new Map(days.map((day) => [day.date, day]));
  const dates = [...known.keys()].toSorted();
  const [first, last] = [dates.at(0), dates.at(-1)];
  if (first === undefined || last === undefined) return [];
  const months: MonthOfDays[] = [];
  for (let month = dayjs(first).startOf('month'); !month.isAfter(dayjs(last)); month = month.add(1, 'month')) {
    const numbers = Array.from({ length: month.daysInMonth() }, (_, index) => index + 1);
    months.push({
      month: month.format('YYYY-MM'),
      lead: (month.day() + 6) % 7,
      days: numbers.map((number) => ({ number, day: known.get(month.date(number).format('YYYY-MM-DD')) })),
    });
  }
  return months;
}
