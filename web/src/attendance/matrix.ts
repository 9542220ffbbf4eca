import type { AttendanceCell, AttendanceLine, AttendanceMonth, ClassDay, Presence, Report } from '~/api/schema.d.ts';

/** What the daily report says of a student. */
type Said = 'present' | 'sick' | 'personal' | 'other';

/** A student's day as every source has it; null where a source says nothing. */
export interface MatrixCell {
  readonly date: string;
  readonly cell: AttendanceCell;
  readonly said: Said | null;
  readonly saw: Presence | null;
  /** Whether one source has them there and another has not. */
  readonly differs: boolean;
}

export interface MatrixRow {
  readonly line: AttendanceLine;
  /** By date; a day that is not over has none. */
  readonly cells: ReadonlyMap<string, MatrixCell>;
  readonly differing: number;
}

/** Holds punches, daily reports and cameras against each other, a row a student. */
export function matrixOf(month: AttendanceMonth, reports: readonly Report[], days: readonly ClassDay[]): MatrixRow[] {
  const byDate = new Map(reports.map((report) => [report.date, report]));
  const seen = new Map(days.map((day) => [day.date, presences(day)]));
  return month.lines.map((line) => {
    const student = line.student.student_id;
    const cells = line.cells.map((cell): MatrixCell => {
      const said = saidOf(byDate.get(cell.date), student);
      const saw = seen.get(cell.date)?.get(student) ?? null;
      return { date: cell.date, cell, said, saw, differs: disagree(cell, said, saw) };
    });
    return { line, cells: new Map(cells.map((cell) => [cell.date, cell])), differing: cells.filter(({ differs }) => differs).length };
  });
}

function saidOf(report: Report | undefined, student: string): Said | null {
  return report === undefined ? null : (report.absent.find((absence) => absence.student === student)?.reason ?? 'present');
}

/** Seen in one session of the day is seen; not seen in any needs a session that says so. */
function presences(day: ClassDay): Map<string, Presence> {
  const best = new Map<string, Presence>();
  const weight: Record<Presence, number> = { unclear: 0, not_seen: 1, seen: 2 };
  for (const session of day.sessions) {
    for (const { student_id, presence } of session.summary?.students ?? []) {
      const before = best.get(student_id);
      if (before === undefined || weight[presence] > weight[before]) best.set(student_id, presence);
    }
  }
  return best;
}

function disagree(cell: AttendanceCell, said: Said | null, saw: Presence | null): boolean {
  const there: boolean[] = [cell.value === 'present'];
  if (said !== null) there.push(said === 'present');
  if (saw !== null && saw !== 'unclear') there.push(saw === 'seen');
  return there.includes(true) && there.includes(false);
}
