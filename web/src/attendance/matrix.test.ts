import { expect, it } from 'vitest';
import type { AttendanceCell, AttendanceMonth, ClassDay, DayValue, Presence, Report } from '~/api/schema.d.ts';
import { matrixOf } from './matrix.ts';

const DATE = '2026-03-02';
const cell = (value: DayValue): AttendanceCell => ({ date: DATE, value, standing: value, sign_in: { by: 'punch' }, sign_out: { by: 'missing' }, reasons: [] });
const month = (...values: DayValue[]): AttendanceMonth => ({
  at: '', class: { id: 'c', name: '' }, days: [{ date: DATE, over: true }], findings: [], month: '2026-03', policy_version: 1,
  lines: values.map((value, index) => ({
    student: { student_id: `s${index}`, name: '' }, cells: [cell(value)], rate: { attended: 0, due: 1, reaches: true, text: '' }, totals: { absent: 0, personal: 0, present: 0, sick: 0 },
  })),
});
const report = (absent: Report['absent']) => ({ date: DATE, absent }) as Report;
const day = (...presence: Presence[]) => ({ date: DATE, sessions: presence.map((one) => ({ summary: { students: [{ student_id: 's0', presence: one }] } })) }) as unknown as ClassDay;
const first = (value: DayValue, reports: Report[], days: ClassDay[]) => matrixOf(month(value), reports, days)[0]?.cells.get(DATE);

it('agrees while every source that says something says the same', () => {
  expect(first('present', [report([])], [day('seen')])).toMatchObject({ said: 'present', saw: 'seen', differs: false });
  expect(first('sick', [report([{ student: 's0', reason: 'sick' }])], [])).toMatchObject({ said: 'sick', saw: null, differs: false });
  expect(first('absent', [], [])?.differs).toBe(false);
});

it('shows a student whom the report has present and no camera saw, and the other way round', () => {
  expect(first('present', [report([])], [day('not_seen')])?.differs).toBe(true);
  expect(first('absent', [report([{ student: 's0', reason: 'other' }])], [day('seen')])?.differs).toBe(true);
  expect(first('absent', [report([])], [])?.differs).toBe(true);
});

it('takes nothing from a picture that says nothing', () => {
  expect(first('present', [], [day('unclear')])?.differs).toBe(false);
});

it('has seen somebody who was seen in one session of the day', () => {
  expect(first('present', [], [day('not_seen', 'seen', 'unclear')])?.saw).toBe('seen');
  expect(first('present', [], [day('unclear', 'not_seen')])?.saw).toBe('not_seen');
});

it('counts the disagreements of each student', () => {
  expect(matrixOf(month('present', 'absent'), [report([])], []).map((row) => row.differing)).toEqual([0, 1]);
});
