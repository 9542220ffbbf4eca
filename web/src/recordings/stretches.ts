import { address } from '~/api/client.ts';
import type { OutageCause, Part } from '~/api/schema.d.ts';
import type { Piece } from '~/player/reel.ts';
import { ms } from '~/time/zone.ts';

/** A stretch of the time line, in milliseconds since the epoch: [start, end). */
export interface Stretch {
  readonly start: number;
  readonly end: number;
  /** Null when recorded; why not, when missing. */
  readonly missing: OutageCause | null;
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

/** The segments that can be played, one after the other. */
export function reelOf(parts: readonly Part[]): Piece[] {
  return parts.flatMap((part) =>
    part.kind === 'recorded' && part.segment_id != null ? [{ start: ms(part.start), end: ms(part.end), src: address.segment(part.segment_id) }] : [],
  );
}

/** The stretch that an instant lies in. */
export function stretchAt(all: readonly Stretch[], at: number): Stretch | null {
  return all.find((stretch) => stretch.start <= at && at < stretch.end) ?? null;
}

/** How much of a range is missing, in milliseconds; what nobody accounted for is missing too. */
export function missingIn(all: readonly Stretch[], from: number, to: number): number {
  const recorded = all.reduce((sum, one) => sum + (one.missing === null ? Math.max(0, Math.min(to, one.end) - Math.max(from, one.start)) : 0), 0);
  return Math.max(0, to - from - recorded);
}

export function totals(all: readonly Stretch[]): { recorded: number; missing: number } {
  const sum = { recorded: 0, missing: 0 };
  for (const stretch of all) sum[stretch.missing === null ? 'recorded' : 'missing'] += stretch.end - stretch.start;
  return sum;
}
