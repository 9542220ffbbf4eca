import { expect, it } from 'vitest';
import type { Conduct, Inspection, Measure, Suspension, Violation } from '~/api/schema.d.ts';
import { charged, institutionsOf, nextStep, ofClass, telling } from './ladder.ts';

const measure = (kind: Measure['kind'], carried_out: string | null = null) => ({ violation_id: 'v', number: 3, kind, text: { zh: '', en: '' }, since: '2024-10-08', carried_out }) as Measure;
const suspension = (from: string | null, lifted_on: string | null) => ({ violation_id: 'v', from, lifted_on, history: [] }) as Suspension;

it('carries a warning out once', () => {
  expect(nextStep(measure('warning'), [])).toBe('carry_out');
  expect(nextStep(measure('interview', '2024-10-09'), [])).toBeNull();
});

it('takes a suspension from report to order to lifting', () => {
  expect(nextStep(measure('suspension'), [{ ...suspension(null, null), violation_id: 'other' }])).toBe('report');
  expect(nextStep(measure('suspension'), [suspension(null, null)])).toBe('order');
  expect(nextStep(measure('suspension'), [suspension('2024-10-10', null)])).toBe('lift');
  expect(nextStep(measure('suspension', '2024-10-10'), [suspension('2024-10-10', '2024-11-01')])).toBeNull();
});

it('knows what is charged already; what was dismissed may be charged again', () => {
  const violation = (state: Violation['state'], id: string) => ({ state, grounds: [{ kind: 'finding', id }] }) as Violation;
  expect([...charged([violation('open', 'a'), violation('dismissed', 'b'), violation('confirmed', 'c')])]).toEqual(['a', 'c']);
});

it('offers signed sheets on which something was not fine', () => {
  const sheet = (state: Inspection['state'], what: string | null) => ({ state, checklist: Object.fromEntries(
    ['voluntary', 'attendance_real', 'manager_named', 'ledgers_kept', 'leave_recorded', 'conduct', 'drop_outs', 'sex_counts', 'replaced', 'plan_followed'].map((item) => [item, item === 'replaced' && what !== null ? { look: 'not_fine', what } : { look: 'seen_fine' }]),
  ) }) as unknown as Inspection;
  expect(telling([sheet('signed', null), sheet('signing', 'x'), sheet('signed', 'y')])).toHaveLength(1);
});

it('keeps to one class', () => {
  const conduct = {
    violations: [{ id: 'v', class: { id: 'c', name: '' } }, { id: 'w', class: { id: 'd', name: '' } }],
    measures: [measure('warning'), { ...measure('warning'), violation_id: 'w' }],
    suspensions: [{ ...suspension(null, null), violation_id: 'w' }],
  } as unknown as Conduct;
  const told = ofClass(conduct, 'c');
  expect([told.violations.length, told.measures.length, told.suspensions.length]).toEqual([1, 1, 0]);
});

it('names each institution of several violations once, the first first', () => {
  const [one, other] = [{ id: 'b', name: '乙' }, { id: 'a', name: '甲' }];
  expect(institutionsOf([{ institution: one }, { institution: other }, { institution: { ...one } }]).map(({ name }) => name)).toEqual(['乙', '甲']);
  expect(institutionsOf([])).toEqual([]);
});
