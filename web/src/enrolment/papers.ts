import type { NewStudentPapers, StatusProofIssuer, StudentPapers } from '~/api/schema.d.ts';

/** A student's papers as the form has them. An empty ID number stays as it is on record. */
export interface PapersForm {
  id_number?: string;
  id_card_seen: boolean;
  id_card_copy?: string | null;
  status_proof: { issued_by: StatusProofIssuer; file_id?: string | null };
  registration_form?: string | null;
  hukou_province: string;
  school_city: string;
  hukou_proof?: string | null;
  no_business_statement?: string | null;
}

export function startPapers(papers: StudentPapers): PapersForm {
  const { id_card_seen, id_card_copy, status_proof, registration_form, hukou_province, school_city, hukou_proof, no_business_statement } = papers;
  return {
    id_card_seen, id_card_copy, registration_form, hukou_province, school_city, hukou_proof, no_business_statement,
    status_proof: { issued_by: status_proof?.issued_by ?? 'ministry_report', file_id: status_proof?.file_id },
  };
}

export function toPapers(form: PapersForm, revision: number): NewStudentPapers {
  const { id_number, status_proof, ...rest } = form;
  const number = id_number?.trim() ?? '';
  return {
    ...rest,
    id_number: number === '' ? null : number.toUpperCase(),
    status_proof: status_proof.file_id == null ? null : { issued_by: status_proof.issued_by, file_id: status_proof.file_id },
    revision,
  };
}
