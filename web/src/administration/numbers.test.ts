import { expect, it } from 'vitest';
import { fields } from './fields.ts';
import { valueText } from './numbers.ts';

it('writes values as people do', () => {
  expect([2, 0.05000000074505806, 1_000_000, '09:00:00', '21', '', null].map(valueText)).toEqual(['2', '0.05', '1000000', '09:00', '21', '—', '—']);
});

it('calls no two numbers the same', () => {
  for (const language of ['zh', 'en'] as const) {
    const names = Object.values(fields).map((field) => field[language]);
    expect(new Set(names).size).toBe(names.length);
  }
});
