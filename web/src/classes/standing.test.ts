import { expect, it } from 'vitest';
import type { Class } from '~/api/schema.d.ts';
import { standingOf } from './standing.ts';

const TODAY = '2024-10-08';
const standing = (over: Partial<Class>) => standingOf({ starts_on: '2024-09-02', ends_on: '2024-12-01', opening: 'running', settlement: 'not_applied', ...over } as Class, TODAY);

it('says what a class waits for before it runs', () => {
  expect(standing({ opening: 'applied', starts_on: '2024-10-09' })).toBe('applied');
  expect(standing({ opening: null, starts_on: '2024-10-09' })).toBe('planned');
  expect(standing({})).toBe('running');
});

it('says what a class waits for after its last day', () => {
  expect(standing({ ends_on: TODAY })).toBe('running');
  expect(standing({ ends_on: '2024-10-07' })).toBe('ended');
  // The application for close-out is not the one for the opening.
  expect(standing({ ends_on: '2024-10-07', settlement: 'applied' })).toBe('closing');
  expect(standing({ ends_on: '2024-10-07', settlement: 'paid' })).toBe('paid');
});
