/** What to do with a live picture's buffer: pure, so that every awkward shape of it can be tested. Times are media seconds. */

export interface Range {
  readonly start: number;
  readonly end: number;
}

export interface BufferView {
  /** As the source buffer reports them: ordered, apart from each other. */
  readonly ranges: readonly Range[];
  /** The position shown now. */
  readonly at: number;
}

export interface BufferLimits {
  /** How far behind the live edge to land after a jump. */
  readonly target: number;
  /** Play a little faster from this far behind. */
  readonly hurryAfter: number;
  /** Jump to the edge from this far behind. */
  readonly jumpAfter: number;
  /** Keep this much behind the position shown, so that removing never touches the current group of pictures. */
  readonly keepBehind: number;
  /** Remove only when at least this much could go: removal is not free. */
  readonly removeAtLeast: number;
}

export interface BufferPlan {
  readonly seekTo: number | null;
  readonly rate: number;
  readonly remove: Range | null;
  /** Media seconds between the position shown and the newest picture; null while there is nothing to show. */
  readonly behind: number | null;
}

/** Fragments are half a second long, so half a second is always on its way; twice that means that we fell behind. */
export const LIVE_LIMITS: BufferLimits = { target: 0.35, hurryAfter: 1, jumpAfter: 2.5, keepBehind: 8, removeAtLeast: 12 };

const HURRY = 1.08;
/** Two ranges closer than this are one to the decoder. */
const JOINT = 0.05;

export function planBuffer(view: BufferView, limits: BufferLimits = LIVE_LIMITS): BufferPlan {
  const newest = view.ranges.at(-1);
  if (newest === undefined) return { seekTo: null, rate: 1, remove: null, behind: null };
  const landing = Math.max(newest.start, newest.end - limits.target);
  const inside = view.at >= newest.start - JOINT && view.at <= newest.end;
  const behind = Math.max(0, newest.end - view.at);
  // Before the newest range the decoder would wait for ever in the hole; past it, for data that was numbered lower.
  const seekTo = !inside || behind > limits.jumpAfter ? landing : null;
  const shown = seekTo ?? view.at;
  return {
    seekTo,
    rate: seekTo === null && behind > limits.hurryAfter ? HURRY : 1,
    remove: removable(view.ranges, shown, limits),
    behind: newest.end - shown,
  };
}

function removable(ranges: readonly Range[], shown: number, limits: BufferLimits): Range | null {
  const oldest = ranges[0];
  if (oldest === undefined) return null;
  const end = shown - limits.keepBehind;
  return end - oldest.start >= limits.removeAtLeast ? { start: oldest.start, end } : null;
}
