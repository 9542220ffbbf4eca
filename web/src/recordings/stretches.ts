import type { OutageCause, Part } from '~/api/schema.d.ts';
import { ms } from '~/time/zone.ts';

/** A stretch of the time line, in milliseconds since the epoch: [start, end). */
export interface Stretch {
  readonly start: number;
  readonly end: number;
  /** Null when recorded; why not, when missing. */
  readonly missing: OutageCause | null;
}

/** A recorded segment that can be played. */
export interface Footage {
  readonly start: number;
  readonly end: number;
  readonly segment: string;
}

/** Neighbours of one kind drawn as one: a day has over a thousand segments and a handful of stretches. */
export function stretches(parts: readonly Part[]): Stretch[] {
  const joined: Stretch[] = [];
  for (const part of parts) {
    const missing = part.kind === 'recorded' ? null : (part.cause ?? 'unknown');
    const next: Stretch = { start: ms(part.start), end: ms(part.end), missing };
    const last = joined.at(-1);
    if (last?.end === next.start && last.missing === missing) joined[joined.length - 1] = { ...last, end: next.end };
    else joined.push(next);
  }
  return joined;
}

export function footage(parts: readonly Part[]): Footage[] {
  return parts.flatMap((part) =>
    part.kind === 'recorded' && part.segment_id != null ? [{ start: ms(part.start), end: ms(part.end), segment: part.segment_id }] : [],
  );
}

/** The stretch that an instant lies in. */
export function stretchAt(all: readonly Stretch[], at: number): Stretch | null {
  return all.find((stretch) => stretch.start <= at && at < stretch.end) ?? null;
}

/** The segment to play at an instant, and how many seconds into it. */
export function playAt(all: readonly Footage[], at: number): { segment: Footage; offset: number } | null {
  const segment = all.find((one) => one.start <= at && at < one.end);
  return segment === undefined ? null : { segment, offset: (at - segment.start) / 1000 };
}

/** What to play when a segment ends: the next in time, whether or not a hole lies before it. */
export function after(all: readonly Footage[], segment: string): Footage | null {
  const index = all.findIndex((one) => one.segment === segment);
  return index < 0 ? null : (all[index + 1] ?? null);
}

export function totals(all: readonly Stretch[]): { recorded: number; missing: number } {
  const sum = { recorded: 0, missing: 0 };
  for (const stretch of all) sum[stretch.missing === null ? 'recorded' : 'missing'] += stretch.end - stretch.start;
  return sum;
}
