import { expect, it } from 'vitest';
import type { Camera, Class, CloseOut, DayLine, EvidenceSummary, Notice, SupervisionStanding } from '~/api/schema.d.ts';
import { ms } from '~/time/zone.ts';
import { camerasDown, ending, evidenceLacking, opening, quotaOwed, reportsLacking, running, stageOf } from './due.ts';

const day = (name: string, reported: number | null, late: boolean | null = null) => ({ class: { id: name, name }, reported_present: reported, report_late: late }) as unknown as DayLine;
const one = (name: string, starts_on: string, ends_on: string) => ({ id: name, name, starts_on, ends_on }) as unknown as Class;

it('calls a report missing from nine on, and due before', () => {
  const lines = [day('a', null), day('b', 20, false), day('c', 20, true)];
  const told = (now: string) => reportsLacking(lines, ms(now)).map(({ line, lack }) => [line.class.name, lack]);
  expect(told('2024-10-08T00:59:00Z')).toEqual([['a', 'due'], ['c', 'late']]);
  expect(told('2024-10-08T01:00:00Z')).toEqual([['a', 'missing'], ['c', 'late']]);
});

it('misses no camera that is switched off, and every one without pictures', () => {
  const camera = (state: string, enabled = true) => ({ id: state, enabled, status: { state } }) as unknown as Camera;
  expect(camerasDown([camera('live'), camera('stalled'), camera('backing_off', false), camera('refused')]).map(({ id }) => id)).toEqual(['stalled', 'refused']);
});

it('runs a class on its first and last day', () => {
  expect(running([one('a', '2024-10-08', '2024-12-01'), one('b', '2024-07-01', '2024-10-08'), one('c', '2024-10-09', '2024-12-01')], '2024-10-08').map(({ id }) => id)).toEqual(['a', 'b']);
});

it('owes records where this week or an earlier one is short, this week’s first', () => {
  const week = (monday: string, signed: number) => ({ monday, needed: 2, signed, training_days: 5, by: monday, standing: 'open' });
  const standing = (...weeks: object[]) => ({ weeks }) as unknown as SupervisionStanding;
  const owed = quotaOwed(
    [
      [one('done', '', ''), standing(week('2024-10-07', 2))],
      [one('short', '', ''), standing(week('2024-09-30', 1), week('2024-10-07', 2))],
      [one('left', '', ''), standing(week('2024-10-07', 0))],
    ],
    '2024-10-08',
  );
  expect(owed.map(({ one: { id }, quota }) => [id, quota.left, quota.short])).toEqual([['left', 2, 0], ['short', 0, 1]]);
});

it('puts evidence that is lost before evidence that presses', () => {
  const summary = (name: string, outlook: EvidenceSummary['outlook'], last: string | null = null) => ({ class: { id: name, name }, outlook, last_safe_day: last }) as unknown as EvidenceSummary;
  const told = evidenceLacking([summary('met', 'met'), summary('later', 'open', '2024-12-01'), summary('soon', 'open', '2024-10-10'), summary('lost', 'out_of_reach'), summary('draft', 'no_days')]);
  expect(told.map((each) => each.class.name)).toEqual(['lost', 'soon', 'later']);
});

it('opens classes that were filed for and do not run', () => {
  const at = (stage: Class['opening'], ends_on = '2024-12-01') => ({ id: stage ?? 'none', opening: stage, ends_on }) as unknown as Class;
  expect(opening([at('filed'), at('running'), at(null), at('draft', '2024-10-07'), at('approved')], '2024-10-08').map(({ id }) => id)).toEqual(['filed', 'approved']);
});

it('settles classes from three weeks before their end until they are paid for', () => {
  const paid = { ...one('e', '', '2024-10-01'), settlement: 'paid' as const };
  expect(ending([paid, one('a', '', '2024-10-28'), one('b', '', '2024-11-30'), one('c', '', '2024-01-01'), one('d', '', '2020-01-01')], '2024-10-08').map(({ id }) => id)).toEqual(['a', 'c']);
});

it('knows how far a settlement is', () => {
  const closeout = (state: CloseOut['state']) => ({ state }) as CloseOut;
  const notice = (standing: Notice['standing'], paid = false) => ({ standing, payment: paid ? {} : null }) as Notice;
  expect(stageOf([], [])).toBe('no_application');
  expect(stageOf([closeout('turned_down')], [])).toBe('turned_down');
  expect(stageOf([closeout('turned_down'), closeout('applied')], [])).toBe('to_decide');
  expect(stageOf([closeout('accepted')], [])).toBe('to_publish');
  expect(stageOf([closeout('accepted')], [notice('fallen'), notice('running')])).toBe('hanging');
  expect(stageOf([closeout('accepted')], [notice('passed')])).toBe('to_pay');
  expect(stageOf([closeout('accepted')], [notice('passed', true), notice('running')])).toBe('paid');
});
