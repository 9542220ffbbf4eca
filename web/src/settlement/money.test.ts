import { expect, it } from 'vitest';
import { fenOf, yuan } from './money.ts';

it('shows fen as yuan exactly', () => {
  expect([0, 5, 10, 123, 100_000, 123_456_789, -5].map(yuan)).toEqual(['0.00', '0.05', '0.10', '1.23', '1,000.00', '1,234,567.89', '−0.05']);
  // As a fraction of a floating point number this would be 81,129,638,414,606.80 or worse.
  expect(yuan(8_112_963_841_460_683)).toBe('81,129,638,414,606.83');
});

it('reads yuan exactly, and nothing that is none', () => {
  expect(['1800', '1,800.5', '0.29', ' 19.99 ', '1.1'].map(fenOf)).toEqual([180_000, 180_050, 29, 1_999, 110]);
  expect(['', '-1', '1.234', '1e3', 'x', '.5'].map(fenOf)).toEqual([null, null, null, null, null, null]);
});
