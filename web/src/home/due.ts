import type { Camera, Class, CloseOut, DayLine, EvidenceSummary, Notice, SupervisionStanding } from '~/api/schema.d.ts';
import { quotaOf } from '~/supervision/week.ts';
import { minuteOf, shiftDate } from '~/time/zone.ts';

/** R7.3b: by then the daily report is there. */
const REPORT_BY = '09:00';

export type ReportLack = 'late' | 'missing' | 'due';

/** Reports of today that came late or, after nine, did not come; before nine they are due. */
export function reportsLacking(lines: readonly DayLine[], now: number): { line: DayLine; lack: ReportLack }[] {
  const late = minuteOf(now) >= REPORT_BY;
  return lines.flatMap((line): { line: DayLine; lack: ReportLack }[] => {
    if (line.reported_present == null) return [{ line, lack: late ? 'missing' : 'due' }];
    return line.report_late === true ? [{ line, lack: 'late' }] : [];
  });
}

/** Cameras that are switched on and do not give pictures. */
export function camerasDown(cameras: readonly Camera[]): Camera[] {
  return cameras.filter((camera) => camera.enabled && camera.status.state !== 'live');
}

/** Classes that are being taught on a date. */
export function running(classes: readonly Class[], today: string): Class[] {
  return classes.filter((one) => one.starts_on <= today && today <= one.ends_on);
}

/** Classes to which a record is still owed this week, or was in an earlier one. */
export function quotaOwed(standings: readonly (readonly [Class, SupervisionStanding])[], today: string) {
  return standings
    .map(([one, standing]) => ({ one, quota: quotaOf(standing, today) }))
    .filter(({ quota }) => quota.left > 0 || quota.short > 0)
    .sort((a, b) => b.quota.left - a.quota.left || b.quota.short - a.quota.short);
}

const OUTLOOKS = { out_of_reach: 0, open: 1, no_days: 2, met: 3 } as const;

/** Classes whose evidence does not hold yet, the worst first; not those of which nothing can be recorded yet. */
export function evidenceLacking(summaries: readonly EvidenceSummary[]): EvidenceSummary[] {
  return summaries
    .filter((one) => one.outlook !== 'met' && one.outlook !== 'no_days')
    .toSorted((a, b) => OUTLOOKS[a.outlook] - OUTLOOKS[b.outlook] || (a.last_safe_day ?? '9').localeCompare(b.last_safe_day ?? '9'));
}

/** Classes that were filed for, do not run yet and still can. */
export function opening(classes: readonly Class[], today: string): Class[] {
  return classes.filter((one) => one.opening != null && one.opening !== 'running' && one.ends_on >= today);
}

/** Classes near their end or past it and not paid for: those whose settlement is somebody's business now. */
export function ending(classes: readonly Class[], today: string): Class[] {
  const [from, until] = [shiftDate(today, -400), shiftDate(today, 21)];
  return classes.filter((one) => one.settlement !== 'paid' && from <= one.ends_on && one.ends_on <= until);
}

export type SettlementStage = 'no_application' | 'to_decide' | 'turned_down' | 'to_publish' | 'hanging' | 'contested' | 'fallen' | 'to_pay' | 'paid';

/** How far the settlement of a class is, by its newest application and notice. */
export function stageOf(closeouts: readonly CloseOut[], notices: readonly Notice[]): SettlementStage {
  const notice = notices.at(-1);
  if (notices.some(({ payment }) => payment != null)) return 'paid';
  if (notice !== undefined) return ({ running: 'hanging', contested: 'contested', fallen: 'fallen', passed: 'to_pay' } as const)[notice.standing];
  const newest = closeouts.at(-1);
  if (newest === undefined) return 'no_application';
  return ({ applied: 'to_decide', turned_down: 'turned_down', accepted: 'to_publish' } as const)[newest.state];
}
