import { expect, it } from 'vitest';
import { Problem } from '~/api/problem.ts';
import { wrongCells } from './cells.ts';

it('reads row, column and rule of each wrong cell, in the table’s order', () => {
  const errors = [
    { field: 'rows[12].id_number', rule: 'R3.3', zh: '第 12 行“身份证号码”：校验位不符。', en: 'the check digit is wrong' },
    { field: 'lines[7].time', rule: 'shape', zh: '第 7 行：时间应写作 2024-10-08 08:35:12。', en: 'a time is written 2024-10-08 08:35:12' },
    { field: 'venue_id', rule: 'R1.2', zh: '没有这个场地。', en: 'there is no such venue' },
  ];
  const { cells, others } = wrongCells(new Problem(422, { errors }));
  expect(cells).toEqual([
    { row: 7, column: 'time', rule: null, text: { zh: '时间应写作 2024-10-08 08:35:12。', en: 'a time is written 2024-10-08 08:35:12' } },
    { row: 12, column: 'id_number', rule: 'R3.3', text: { zh: '校验位不符。', en: 'the check digit is wrong' } },
  ]);
  expect(others.map(({ field }) => field)).toEqual(['venue_id']);
});

it('finds no cell in anything else', () => {
  expect(wrongCells(new Error('broken'))).toEqual({ cells: [], others: [] });
  expect(wrongCells(new Problem(409, { text: { zh: '已被他人修改', en: 'changed by somebody else' } }))).toEqual({ cells: [], others: [] });
});
