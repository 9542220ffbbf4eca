import type { SupervisedWeek, SupervisionStanding } from '~/api/schema.d.ts';
import { DAY_MS, dateOf, startOf } from '~/time/zone.ts';

/** The Monday of a civil date's week. */
export function mondayOf(date: string): string {
  const start = startOf(date);
  // 1970-01-01 in Shanghai began on a Thursday.
  const days = Math.round((start + 8 * 3_600_000) / DAY_MS);
  return dateOf(start - ((days + 3) % 7) * DAY_MS);
}

export interface WeekQuota {
  /** This week, where the class is taught in it. */
  readonly week: SupervisedWeek | null;
  /** How many records are still to be signed this week. */
  readonly left: number;
  /** Earlier weeks in which fewer were signed than needed. */
  readonly short: number;
}

/** What a class still needs this week (R7.4a). */
export function quotaOf(standing: SupervisionStanding, today: string): WeekQuota {
  const monday = mondayOf(today);
  const week = standing.weeks.find((one) => one.monday === monday) ?? null;
  return {
    week,
    left: week === null ? 0 : Math.max(0, week.needed - week.signed),
    short: standing.weeks.filter((one) => one.monday < monday && one.signed < one.needed).length,
  };
}
