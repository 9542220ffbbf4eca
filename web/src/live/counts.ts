import type { CurrentSession } from '~/api/schema.d.ts';

export interface Counts {
  /** Faces in the newest sample. */
  readonly now: number | null;
  readonly likely: number | null;
  readonly reported: number | null;
  /** Whether fewer people are likely there than were reported. Only the newest picture is never enough to say so. */
  readonly short: boolean;
  readonly open: number;
}

export function countsOf(current: CurrentSession): Counts {
  const likely = current.people_likely ?? null;
  const reported = current.reported_present ?? null;
  return {
    now: current.people_now ?? null,
    likely,
    reported,
    short: likely !== null && reported !== null && likely < reported,
    open: current.open_findings ?? 0,
  };
}
