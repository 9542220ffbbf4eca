import { describe, expect, it } from 'vitest';
import { DAY_MS, dateOf, instantAt, isDate, minuteOf, shiftDate, stampOf, startOf } from './zone.ts';

describe('civil time', () => {
  it('is Shanghai’s whatever this computer thinks', () => {
    expect(stampOf(Date.parse('2026-11-22T16:00:00Z'))).toBe('2026-11-23 00:00:00');
    expect(minuteOf(Date.parse('2026-11-23T15:59:59Z'))).toBe('23:59');
  });

  it('starts a day where the day before ends', () => {
    for (const date of ['2024-02-29', '2026-01-01', '2026-12-31']) {
      expect(startOf(shiftDate(date, 1))).toBe(startOf(date) + DAY_MS);
      expect(dateOf(startOf(date))).toBe(date);
      expect(dateOf(startOf(date) - 1)).toBe(shiftDate(date, -1));
    }
  });

  it('tells a date from something like one', () => {
    expect(['2026-11-23', '2024-02-29'].every(isDate)).toBe(true);
    expect(['2026-02-30', '2026-13-01', '26-1-1', '', 'today'].some(isDate)).toBe(false);
  });

  it('puts a wall clock time on the time line', () => {
    expect(instantAt('2026-11-23', '08:30')).toBe('2026-11-23T00:30:00.000Z');
  });
});
