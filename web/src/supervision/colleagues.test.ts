import { expect, it } from 'vitest';
import type { Colleague } from '~/api/schema.d.ts';
import { inspectorsAmong } from './colleagues.ts';

const person = (id: string, display_name: string, role: Colleague['role']): Colleague => ({ id, display_name, role });

it('names the centre’s supervisors and managers as inspectors, by name, and nobody else', () => {
  const people = [person('b', '张监管', 'supervisor'), person('a', '陈主任', 'manager'), person('c', '安审计', 'auditor'), person('d', '阿机构', 'institution')];
  expect(inspectorsAmong(people)).toEqual([{ id: 'a', display_name: '陈主任' }, { id: 'b', display_name: '张监管' }]);
});
