import { expect, it } from 'vitest';
import { weeksOf } from './year.ts';

const day = (date: string, kind: 'holiday' | 'make_up') => [date, { date, kind, holiday: { zh: '国庆节', en: 'National Day' } }] as const;

it('lays a month out from Monday on, with weekends and what is otherwise', () => {
  const weeks = weeksOf(2024, 10, new Map([day('2024-10-01', 'holiday'), day('2024-10-12', 'make_up')]));
  expect(weeks).toHaveLength(5);
  expect(weeks.every((week) => week.length === 7)).toBe(true);
  // The first of October 2024 is a Tuesday.
  expect(weeks[0]?.map((cell) => cell?.day ?? null)).toEqual([null, 1, 2, 3, 4, 5, 6]);
  expect(weeks[0]?.map((cell) => cell?.kind ?? null)).toEqual([null, 'holiday', 'workday', 'workday', 'workday', 'weekend', 'weekend']);
  expect(weeks[1]?.[5]).toMatchObject({ date: '2024-10-12', kind: 'make_up' });
  expect(weeks[4]?.map((cell) => cell?.day ?? null)).toEqual([28, 29, 30, 31, null, null, null]);
});

it('knows leap years', () => {
  const last = (year: number) => weeksOf(year, 2, new Map()).flat().filter((cell) => cell !== null).at(-1)?.date;
  expect([2024, 2026, 2100].map(last)).toEqual(['2024-02-29', '2026-02-28', '2100-02-28']);
});
