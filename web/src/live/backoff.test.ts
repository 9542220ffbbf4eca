import { describe, expect, it } from 'vitest';
import { retryDelay } from './backoff.ts';

describe('retryDelay', () => {
  it('doubles and stops at its cap', () => {
    expect([1, 2, 3, 4, 5, 6, 60].map((n) => retryDelay(n, 0.5))).toEqual([1000, 2000, 4000, 8000, 15000, 15000, 15000]);
  });

  it('is spread a quarter to each side and never zero', () => {
    expect(retryDelay(1, 0)).toBe(750);
    expect(retryDelay(9, 0.999)).toBeLessThanOrEqual(18_750);
    expect(retryDelay(0, 0)).toBe(750);
  });
});
