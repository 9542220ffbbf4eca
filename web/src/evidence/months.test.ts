import { expect, test } from 'vitest';
import type { EvidenceDay } from '~/api/schema.d.ts';
import { byMonth } from './months.ts';

const day = (date: string): EvidenceDay => ({ date, state: 'open', lessons: [] });

test('months are whole and begin under their weekday', () => {
  const months = byMonth([day('2024-12-02'), day('2024-10-08')]);
  expect(months.map(({ month, lead, days }) => [month, lead, days.length])).toEqual([
    // 1 October 2024 was a Tuesday, 1 November a Friday, 1 December a Sunday.
    ['2024-10', 1, 31],
    ['2024-11', 4, 30],
    ['2024-12', 6, 31],
  ]);
});

test('training days are where they belong, and no others', () => {
  const [october] = byMonth([day('2024-10-08')]);
  const known = october?.days.filter((one) => one.day !== undefined);
  expect(known).toEqual([{ number: 8, day: day('2024-10-08') }]);
});

test('a class without days has no months', () => {
  expect(byMonth([])).toEqual([]);
});
