import type { HolidayYear } from '~/api/schema.d.ts';
import { shiftDate } from '~/time/zone.ts';

/** A holiday as the State Council's notice has it: days off, and the weekend days that are worked for it. */
export interface HolidayRow {
  readonly zh: string;
  readonly en: string;
  readonly from: string;
  readonly to: string;
  readonly work: readonly string[];
}

/** What is known of a year, as rows to be corrected: each stretch of days off of one name, with the days worked for it. */
export function rowsOf({ year, days }: Pick<HolidayYear, 'year' | 'days'>): HolidayRow[] {
  const rows: (HolidayRow & { work: string[] })[] = [];
  for (const { date, kind, holiday } of days) {
    if (kind !== 'holiday' || holiday == null) continue;
    const last = rows.at(-1);
    if (last?.zh === holiday.zh && shiftDate(last.to, 1) === date) rows[rows.length - 1] = { ...last, to: date };
    else rows.push({ zh: holiday.zh, en: holiday.en, from: date, to: date, work: [] });
  }
  for (const { date, kind, holiday } of days) {
    if (kind === 'make_up') rows.find(({ zh }) => zh === holiday?.zh)?.work.push(date);
  }
  // A year's file may name days of the December before, but begins with a holiday of its own.
  return rows.filter(({ to }) => to >= `${year}-01-01`);
}

/** The year's file that the server reads (TOML). */
export function fileOf(year: number, source: string, rows: readonly HolidayRow[]): string {
  const parts = rows.map(({ zh, en, from, to, work }) =>
    ['[[holiday]]', `zh = ${quoted(zh)}`, `en = ${quoted(en)}`, `from = ${quoted(from)}`, `to = ${quoted(to)}`, ...(work.length === 0 ? [] : [`work = [${[...work].sort().map(quoted).join(', ')}]`])].join('\n'),
  );
  return `${[`year = ${year}\nsource = ${quoted(source)}`, ...parts].join('\n\n')}\n`;
}

/** A basic string of TOML: JSON's strings are ones, but for a character that TOML wants escaped too. */
function quoted(text: string): string {
  return JSON.stringify(text).replaceAll('\u007f', '\\u007f');
}
