import { expect, it } from 'vitest';
import type { StudentPapers } from '~/api/schema.d.ts';
import { startPapers, toPapers } from './papers.ts';

const papers: StudentPapers = {
  student: { student_id: 's', name: '甲' }, revision: 4, missing: [], id_card_seen: true, id_card_copy: 'f1', hukou_province: '21', school_city: '2101',
  id_number_masked: '2104**********123X', status_proof: { issued_by: 'school', file_id: 'f2' },
};

it('gives back what it began with, and never the masked number', () => {
  expect(toPapers(startPapers(papers), 4)).toMatchObject({ revision: 4, id_number: null, id_card_copy: 'f1', status_proof: { issued_by: 'school', file_id: 'f2' } });
});

it('has no status proof without its scan', () => {
  expect(toPapers({ ...startPapers(papers), status_proof: { issued_by: 'school', file_id: null } }, 4).status_proof).toBeNull();
});

it('writes the check digit as the card has it', () => {
  expect(toPapers({ ...startPapers(papers), id_number: ' 21040219990101123x ' }, 4).id_number).toBe('21040219990101123X');
});
