import { expect, it } from 'vitest';
import type { HolidayDay } from '~/api/schema.d.ts';
import { fileOf, rowsOf } from './holidayFile.ts';

const national = { zh: '国庆节', en: 'National Day' };
const spring = { zh: '春节', en: 'Spring Festival' };
const off = (date: string, holiday: typeof spring): HolidayDay => ({ date, kind: 'holiday', holiday });
const work = (date: string, holiday: typeof spring): HolidayDay => ({ date, kind: 'make_up', holiday });

it('makes one row of each stretch of days off, with the days that are worked for it', () => {
  const days = [work('2024-02-04', spring), off('2024-02-10', spring), off('2024-02-11', spring), work('2024-02-18', spring), off('2024-10-01', national), off('2024-10-02', national), work('2024-10-12', national)];
  expect(rowsOf({ year: 2024, days })).toEqual([
    { ...spring, from: '2024-02-10', to: '2024-02-11', work: ['2024-02-04', '2024-02-18'] },
    { ...national, from: '2024-10-01', to: '2024-10-02', work: ['2024-10-12'] },
  ]);
});

it('keeps a holiday that begins in the December before', () => {
  const newYear = { zh: '元旦', en: 'New Year' };
  const days = ['2023-12-30', '2023-12-31', '2024-01-01'].map((date) => off(date, newYear));
  expect(rowsOf({ year: 2024, days })).toEqual([{ ...newYear, from: '2023-12-30', to: '2024-01-01', work: [] }]);
});

it('writes the file that the server reads, whatever is typed into it', () => {
  const rows = [{ zh: '元旦', en: 'New Year\'s "Day"', from: '2027-01-01', to: '2027-01-03', work: [] }, { ...spring, from: '2027-02-06', to: '2027-02-12', work: ['2027-02-20', '2027-01-30'] }];
  expect(fileOf(2027, '国务院办公厅\n通知', rows)).toBe(
    'year = 2027\nsource = "国务院办公厅\\n通知"\n\n[[holiday]]\nzh = "元旦"\nen = "New Year\'s \\"Day\\""\nfrom = "2027-01-01"\nto = "2027-01-03"\n\n' +
      '[[holiday]]\nzh = "春节"\nen = "Spring Festival"\nfrom = "2027-02-06"\nto = "2027-02-12"\nwork = ["2027-01-30", "2027-02-20"]\n',
  );
});
