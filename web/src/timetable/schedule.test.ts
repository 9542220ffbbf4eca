import { expect, it } from 'vitest';
import { dateOf, ms } from '~/time/zone.ts';
import { pasted, scheduled, type Pattern } from './schedule.ts';

const pattern: Pattern = {
  from: '2026-03-02', to: '2026-03-15', weekdays: [1, 2, 3, 4, 5], without: ['2026-03-04'], also: ['2026-03-08'],
  slots: ['13:30', '08:30', '09:25', '10:20', '14:25', '15:20'], venue: 'v',
  subjects: [{ subject: '理论', teacher: '甲', lessons: 20 }, { subject: '实操', teacher: '乙', lessons: 40 }],
};
const count = (lessons: ReturnType<typeof scheduled>, subject: string) => lessons.filter((lesson) => lesson.subject === subject).length;

it('teaches on the weekdays, less the days without, with those made up for', () => {
  const dates = new Set(scheduled(pattern).map((lesson) => dateOf(ms(lesson.starts_at))));
  expect([...dates]).toEqual(['2026-03-02', '2026-03-03', '2026-03-05', '2026-03-06', '2026-03-08', '2026-03-09', '2026-03-10', '2026-03-11', '2026-03-12', '2026-03-13']);
});

it('gives every subject its share, and no day less than its slots', () => {
  const lessons = scheduled(pattern);
  expect([count(lessons, '理论'), count(lessons, '实操')]).toEqual([21, 39]);
  expect(lessons).toHaveLength(60);
});

it('has lessons of 45 minutes, by time', () => {
  const [first, second] = scheduled(pattern);
  expect(ms(first?.ends_at ?? '') - ms(first?.starts_at ?? '')).toBe(45 * 60_000);
  expect(ms(second?.starts_at ?? '')).toBeGreaterThan(ms(first?.starts_at ?? ''));
});

it('plans nothing without subjects', () => {
  expect(scheduled({ ...pattern, subjects: [] })).toEqual([]);
});

it('reads a table as a spreadsheet gives it', () => {
  const { lessons, wrong } = pasted('日期\t上课\t下课\t科目\t教师\t场地\n2026/3/2\t8:30\t9:15\t理论\t甲\t301教室\n\n', [{ id: 'v', name: '301教室' }]);
  expect(wrong).toEqual([]);
  expect(lessons).toEqual([{ starts_at: '2026-03-02T00:30:00.000Z', ends_at: '2026-03-02T01:15:00.000Z', subject: '理论', teacher: '甲', venue_id: 'v' }]);
});

it('says of each wrong line why', () => {
  const rows = ['2026-03-02,08:30,09:15,理论,甲', '2026-02-30,08:30,09:15,理论,甲,301', '2026-03-02,09:15,08:30,理论,甲,301', '2026-03-02,08:30,09:15,,甲,301', '2026-03-02,08:30,09:15,理论,甲,999'];
  expect(pasted(rows.join('\n'), [{ id: 'v', name: '301' }]).wrong).toEqual([
    { line: 1, why: 'columns' }, { line: 2, why: 'date' }, { line: 3, why: 'time' }, { line: 4, why: 'subject' }, { line: 5, why: 'venue' },
  ]);
});
