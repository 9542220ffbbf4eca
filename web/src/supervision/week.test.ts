import { expect, it } from 'vitest';
import type { SupervisionStanding } from '~/api/schema.d.ts';
import { mondayOf, quotaOf } from './week.ts';

it('finds the Monday of a week, on a Sunday and on the Monday itself', () => {
  expect(mondayOf('2024-10-13')).toBe('2024-10-07');
  expect(mondayOf('2024-10-14')).toBe('2024-10-14');
  expect(mondayOf('2024-03-01')).toBe('2024-02-26');
});

const week = (monday: string, needed: number, signed: number) => ({ monday, needed, signed, training_days: 5, by: monday, standing: 'open' as const });
const standing = (...weeks: SupervisionStanding['weeks']) => ({ weeks }) as unknown as SupervisionStanding;

it('says what is left this week and which earlier weeks are short', () => {
  const told = quotaOf(standing(week('2024-09-23', 2, 1), week('2024-09-30', 1, 1), week('2024-10-07', 2, 1), week('2024-10-14', 2, 0)), '2024-10-09');
  expect(told.week?.monday).toBe('2024-10-07');
  expect([told.left, told.short]).toEqual([1, 1]);
});

it('asks for nothing in a week without teaching, nor for more than is needed', () => {
  expect(quotaOf(standing(week('2024-10-14', 2, 0)), '2024-10-09')).toEqual({ week: null, left: 0, short: 0 });
  expect(quotaOf(standing(week('2024-10-07', 2, 5)), '2024-10-09').left).toBe(0);
});
