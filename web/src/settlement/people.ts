import type { Assessment, CloseOut, Student } from '~/api/schema.d.ts';

/** Names by identity, for lists that hold identities alone. */
export function namesOf(students: readonly Student[]): (id: string) => string {
  const names = new Map(students.map((student) => [student.id, student.number == null ? student.name : `${student.name}（${student.number}）`]));
  return (id) => names.get(id) ?? id.slice(0, 8);
}

/** Whom the newest accepted application names. */
export function acceptedOf(closeouts: readonly CloseOut[]): readonly string[] {
  return closeouts.findLast((one) => one.state === 'accepted')?.accepted ?? [];
}

/** Accepted students of whom no assessment says that they passed. */
export function toAssess(accepted: readonly string[], assessments: readonly Assessment[]): string[] {
  const passed = new Set(assessments.filter((one) => one.certificate != null).map((one) => one.student.student_id));
  return accepted.filter((id) => !passed.has(id));
}
