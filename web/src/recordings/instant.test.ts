import { expect, it } from 'vitest';
import { instantOf } from './instant.ts';
import type { Stretch } from './stretches.ts';

const NOW = 1_000;
const all: Stretch[] = [
  { start: 0, end: 100, missing: 'recorder_down' },
  { start: 100, end: 600, missing: null },
  { start: 600, end: 700, missing: 'stalled' },
  { start: 700, end: 900, missing: null },
];

it('tells recorded from missing, with the cause, at the very edges', () => {
  expect(instantOf(all, 0, NOW)).toEqual({ kind: 'missing', cause: 'recorder_down' });
  expect(instantOf(all, 100, NOW)).toEqual({ kind: 'recorded' });
  expect(instantOf(all, 599, NOW)).toEqual({ kind: 'recorded' });
  expect(instantOf(all, 600, NOW)).toEqual({ kind: 'missing', cause: 'stalled' });
});

it('does not call missing what is still being written, nor what has not come', () => {
  expect(instantOf(all, 900, NOW)).toEqual({ kind: 'being_written' });
  expect(instantOf(all, NOW, NOW)).toEqual({ kind: 'being_written' });
  expect(instantOf(all, NOW + 1, NOW)).toEqual({ kind: 'to_come' });
});

it('promises no recording where none is under way', () => {
  expect(instantOf(all.slice(0, 3), 800, NOW)).toEqual({ kind: 'unaccounted' });
  expect(instantOf(all, -1, NOW)).toEqual({ kind: 'unaccounted' });
  expect(instantOf([], 800, NOW)).toEqual({ kind: 'unaccounted' });
});
