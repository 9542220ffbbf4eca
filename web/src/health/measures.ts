import type { HealthDay, HealthMeasure, HealthThresholds } from '~/api/schema.d.ts';
import { bitrate, duration, percent } from '~/time/amounts.ts';

export const MEASURES = ['clear', 'smooth', 'recognisable', 'covered'] as const satisfies readonly HealthMeasure[];

type Blanks = Readonly<Record<string, string | number>>;

const number = (value: number | null | undefined, digits = 0): string => (value == null ? '—' : value.toFixed(digits));
const share = (value: number | null | undefined): string => (value == null ? '—' : percent(value));

/** The numbers of a day that stand behind each of the four measures, with what the policy wants. */
export function numbersOf(day: HealthDay, wanted: HealthThresholds): Record<HealthMeasure, Blanks> {
  return {
    clear: {
      brightness: number(day.brightness), least: number(wanted.min_brightness), most: number(wanted.max_brightness), sharpness: number(day.sharpness, 1), need: number(wanted.min_sharpness, 1),
      black: share(day.black_share), frozen: share(day.frozen_share),
    },
    smooth: { share: percent(day.uptime_share), need: percent(wanted.min_uptime), gap: duration(day.longest_gap_seconds), most: duration(wanted.max_gap_seconds), rate: bitrate(day.bitrate_bps) },
    recognisable: { eyes: number(day.eye_distance_px), need: number(wanted.min_eye_distance_px), share: share(day.recognisable_share) },
    covered: { seen: number(day.seen), expected: day.expected },
  };
}
