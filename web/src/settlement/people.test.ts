import { expect, it } from 'vitest';
import type { Assessment, CloseOut, Student } from '~/api/schema.d.ts';
import { acceptedOf, namesOf, toAssess } from './people.ts';

it('tells students of one name apart by their number', () => {
  const name = namesOf([{ id: 'a', name: '张三', number: '01' }, { id: 'b', name: '张三', number: null }] as Student[]);
  expect([name('a'), name('b'), name('0123456789')]).toEqual(['张三（01）', '张三', '01234567']);
});

it('takes the accepted of the application that was accepted, not of a later one that lies there', () => {
  const closeout = (state: CloseOut['state'], accepted: string[]) => ({ state, accepted }) as unknown as CloseOut;
  expect(acceptedOf([closeout('turned_down', []), closeout('accepted', ['a', 'b'])])).toEqual(['a', 'b']);
  expect(acceptedOf([closeout('applied', [])])).toEqual([]);
});

it('assesses again who did not pass', () => {
  const assessed = (student_id: string, certificate: object | null) => ({ student: { student_id, name: '' }, certificate }) as Assessment;
  expect(toAssess(['a', 'b', 'c'], [assessed('a', {}), assessed('b', null)])).toEqual(['b', 'c']);
});
