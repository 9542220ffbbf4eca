import type { NewReport, Report } from '~/api/schema.d.ts';

/** The form's own shape: numbers may still be missing. */
export interface ReportForm {
  roll?: number | null;
  present?: number | null;
  present_men?: number | null;
  present_women?: number | null;
  sick?: number | null;
  personal?: number | null;
  other?: number | null;
  absent?: { student?: string; reason?: 'sick' | 'personal' | 'other' }[];
  note?: string;
}

export const COUNTS = ['roll', 'present', 'present_men', 'present_women', 'sick', 'personal', 'other'] as const;
export const OPTIONAL: ReadonlySet<string> = new Set(['present_men', 'present_women']);

/** What the form begins with: the report to correct, or the roster's number and zeroes. */
export function startForm(report: Report | null, students: number): ReportForm {
  if (report === null) return { roll: students, sick: 0, personal: 0, other: 0, absent: [], note: '' };
  const { roll, present, present_men, present_women, sick, personal, other, absent, note } = report;
  return { roll, present, present_men, present_women, sick, personal, other, absent, note };
}

/** What is sent. Whether the numbers can be is the rules' business, on the server; here they only have to be numbers. */
export function toReport(form: ReportForm): NewReport {
  return {
    roll: form.roll ?? 0,
    present: form.present ?? 0,
    present_men: form.present_men ?? null,
    present_women: form.present_women ?? null,
    sick: form.sick ?? 0,
    personal: form.personal ?? 0,
    other: form.other ?? 0,
    absent: (form.absent ?? []).flatMap(({ student, reason }) => (student === undefined || reason === undefined ? [] : [{ student, reason }])),
    note: form.note?.trim() ?? '',
  };
}

export type FieldPath = (string | number)[];

/** `absent[2].reason` as Ant Design's form names a field. */
export function fieldPath(field: string): FieldPath {
  return [...field.matchAll(/[^.[\]]+/g)].map(([part]) => (/^\d+$/.test(part) ? Number(part) : part));
}
