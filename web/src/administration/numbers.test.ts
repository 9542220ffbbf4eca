import { readFileSync } from 'node:fs';
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

it('has a name for every number of the policy', () => {
  const policy = readFileSync('../rules/src/policy.rs', 'utf8');
  const body = policy.slice(policy.indexOf('pub struct Policy {'));
  const numbers = [...body.slice(0, body.indexOf('\n}')).matchAll(/^ {4}pub (\w+):/gm)].map((one) => one[1]);
  expect(numbers.length).toBeGreaterThan(50);
  expect(numbers.filter((name) => name === undefined || !(name in fields))).toEqual([]);
});
