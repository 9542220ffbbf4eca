import { expect, it } from 'vitest';
import { bitrate, bytes, delay, duration, interval, percent } from './amounts.ts';

it('writes bytes', () => {
  expect([0, 999, 1000, 455_000_000, 2.5e12].map(bytes)).toEqual(['0 B', '999 B', '1.0 KB', '455 MB', '2.5 TB']);
});

it('writes durations', () => {
  expect([0, 59.6, 61, 3600, 86_399].map(duration)).toEqual(['0:00', '1:00', '1:01', '1:00:00', '23:59:59']);
});

it('writes delays and rates', () => {
  expect([120, 9_940, 12_400].map(delay)).toEqual(['0.1 s', '9.9 s', '12 s']);
  expect([640_000, 3_100_000].map(bitrate)).toEqual(['640 kbit/s', '3.1 Mbit/s']);
});

it('never rounds to certainty', () => {
  expect([0, 0.001, 0.5, 0.996, 1].map(percent)).toEqual(['0%', '<1%', '50%', '99%', '100%']);
});

it('writes an interval only when there is one', () => {
  expect([interval(3, 3), interval(3, 5)]).toEqual(['3', '3–5']);
});
