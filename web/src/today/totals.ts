import type { DayLine } from '~/api/schema.d.ts';

export interface DayTotals {
  readonly classes: number;
  readonly reported: number;
  /** Null when no class of the day was judged. */
  readonly likely: number | null;
  /** Null for whoever may not read findings. */
  readonly open: number | null;
  readonly sealed: number;
  readonly reportsMissing: number;
}

export function totalsOf(lines: readonly DayLine[]): DayTotals {
  const sum = (numbers: (number | null | undefined)[]): number | null => {
    const known = numbers.filter((n) => n != null);
    return known.length === 0 ? null : known.reduce((a, b) => a + b, 0);
  };
  return {
    classes: lines.length,
    reported: sum(lines.map((line) => line.reported_present)) ?? 0,
    likely: sum(lines.map((line) => line.people_likely)),
    open: sum(lines.map((line) => line.open_findings)),
    sealed: sum(lines.map((line) => line.sealed_clips)) ?? 0,
    reportsMissing: lines.filter((line) => line.reported_present == null).length,
  };
}

/** People likely there less people reported: negative when somebody is missing; null when either is not known. */
export function difference(line: DayLine): number | null {
  if (line.people_likely == null || line.reported_present == null) return null;
  return line.people_likely - line.reported_present;
}
