import type { Conduct, Inspection, InstitutionRef, Measure, Suspension, Violation } from '~/api/schema.d.ts';
import { tallyOf } from '~/supervision/checklist.ts';

/** What is to be done next about a measure; null when it was carried out. */
export type NextStep = 'carry_out' | 'report' | 'order' | 'lift' | null;

/** A suspension goes by report, order and lifting; every other measure is carried out in one step. */
export function nextStep(measure: Measure, suspensions: readonly Suspension[]): NextStep {
  if (measure.kind !== 'suspension') return measure.carried_out == null ? 'carry_out' : null;
  const suspension = suspensions.find((one) => one.violation_id === measure.violation_id);
  if (suspension === undefined) return 'report';
  if (suspension.from == null) return 'order';
  return suspension.lifted_on == null ? 'lift' : null;
}

/** Findings and sheets that a charge rests on already. */
export function charged(violations: readonly Violation[]): ReadonlySet<string> {
  return new Set(violations.filter((one) => one.state !== 'dismissed').flatMap((one) => one.grounds.map((ground) => ground.id)));
}

/** Sheets that can show a violation: signed by everybody, with something that was not fine. */
export function telling(sheets: readonly Inspection[]): Inspection[] {
  return sheets.filter((sheet) => sheet.state === 'signed' && tallyOf(sheet.checklist).wrong.length > 0);
}

/** The same, of one class alone. */
export function ofClass(conduct: Conduct, classId: string): Pick<Conduct, 'violations' | 'measures' | 'suspensions'> {
  const violations = conduct.violations.filter((one) => one.class?.id === classId);
  const ids = new Set(violations.map((one) => one.id));
  return {
    violations,
    measures: conduct.measures.filter((one) => ids.has(one.violation_id)),
    suspensions: conduct.suspensions.filter((one) => ids.has(one.violation_id)),
  };
}

/** Whom violations are about, each once, in their order. */
export function institutionsOf(violations: readonly Pick<Violation, 'institution'>[]): InstitutionRef[] {
  return [...new Map(violations.map(({ institution }) => [institution.id, institution])).values()];
}
