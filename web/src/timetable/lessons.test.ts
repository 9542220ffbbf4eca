import { expect, it } from 'vitest';
import { instantAt } from '~/time/zone.ts';
import { blocks, byDate, mondayOf, shiftMonth, weekday, weeksOf, type AnyLesson } from './lessons.ts';

const lesson = (date: string, from: string, until: string, subject = '电工'): AnyLesson => ({
  starts_at: instantAt(date, from), ends_at: instantAt(date, until), subject, teacher: '李', venue_id: 'v',
});

it('puts lessons on their civil date, by start', () => {
  const days = byDate([lesson('2026-03-03', '13:30', '14:15'), lesson('2026-03-03', '00:10', '00:55'), lesson('2026-03-02', '08:30', '09:15')]);
  expect([...days].map(([date, of]) => [date, of.length])).toEqual([['2026-03-02', 1], ['2026-03-03', 2]]);
});

it('tells a morning of one subject as one block, and an afternoon as another', () => {
  const day = '2026-03-02';
  const all = [lesson(day, '08:30', '09:15'), lesson(day, '09:25', '10:10'), lesson(day, '10:20', '11:05', '安全'), lesson(day, '13:30', '14:15', '安全')];
  expect(blocks(all.toReversed()).map(({ from, until, subject, count }) => [from, until, subject, count])).toEqual([
    ['08:30', '10:10', '电工', 2],
    ['10:20', '11:05', '安全', 1],
    ['13:30', '14:15', '安全', 1],
  ]);
});

it('knows weeks that begin on Monday and months that begin within one', () => {
  expect([weekday('2026-03-01'), weekday('2026-03-02')]).toEqual([7, 1]);
  expect(mondayOf('2026-03-01')).toBe('2026-02-23');
  const weeks = weeksOf('2026-03');
  expect([weeks.length, weeks[0]?.[0], weeks.at(-1)?.[6]]).toEqual([6, '2026-02-23', '2026-04-05']);
  expect(weeks.flat()).toContain('2026-03-31');
});

it('goes from month to month over the year', () => {
  expect([shiftMonth('2026-12', 1), shiftMonth('2027-01', -1), shiftMonth('2026-01', 1), shiftMonth('2026-03', -1)]).toEqual(['2027-01', '2026-12', '2026-02', '2026-02']);
});
