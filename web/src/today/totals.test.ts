import { expect, it } from 'vitest';
import type { DayLine } from '~/api/schema.d.ts';
import { difference, totalsOf } from './totals.ts';

const line: DayLine = {
  class: { id: 'c', name: 'n' }, institution: { id: 'i', name: 'n' }, date: '2026-11-23', sessions: 1, starts_at: null, ends_at: null,
  reported_present: 20, reported_roll: 22, report_late: false, people_likely: 17, open_findings: 1, sealed_clips: 2,
};

it('adds up what is known and keeps unknown apart from none', () => {
  const other: DayLine = { ...line, reported_present: null, people_likely: null, open_findings: 0, sealed_clips: 0 };
  expect(totalsOf([line, other])).toEqual({ classes: 2, reported: 20, likely: 17, open: 1, sealed: 2, reportsMissing: 1 });
  const hidden: DayLine = { ...line, people_likely: null, open_findings: null };
  expect(totalsOf([hidden])).toMatchObject({ likely: null, open: null });
  expect(totalsOf([])).toMatchObject({ classes: 0, reported: 0, likely: null, open: null });
});

it('compares only what can be compared', () => {
  expect(difference(line)).toBe(-3);
  expect(difference({ ...line, people_likely: null })).toBeNull();
  expect(difference({ ...line, reported_present: null })).toBeNull();
});
