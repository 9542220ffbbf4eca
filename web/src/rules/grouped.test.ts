import { expect, it } from 'vitest';
import type { RuleFinding } from '~/api/schema.d.ts';
import { grouped } from './grouped.ts';

const text = (zh: string) => ({ zh, en: zh });
const finding = (student: string, seen: string): RuleFinding => ({
  rule: 'R3.1', code: 'paper_missing', expected: text('身份证复印件'), seen: text(seen), records: [{ kind: 'student', id: student }],
});

it('says what is the same of many once, with all of them', () => {
  const groups = grouped([finding('a', '未交'), finding('b', '未交'), finding('a', '未交'), finding('c', '不清晰')]);
  expect(groups.map(({ finding: one, records }) => [one.seen.zh, records.map(({ id }) => id)])).toEqual([
    ['未交', ['a', 'b']],
    ['不清晰', ['c']],
  ]);
});

it('keeps a finding that no record shows', () => {
  expect(grouped([{ ...finding('a', '无'), records: [] }])).toHaveLength(1);
});
