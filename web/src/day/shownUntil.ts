const MINUTE = 60_000;

/** Lengths of the time axis, in minutes: few, so that it moves on seldom while a session runs. */
const LENGTHS = [10, 15, 20, 30, 45, 60, 90, 120, 180, 240, 360].map((minutes) => minutes * MINUTE);

/** How much of the axis may be filled before it grows: the newest point keeps some room to its right. */
const FILLED = 0.9;

/**
 * Where the time axis of a session ends, in milliseconds since the epoch. Of a session that runs at `now` it shows the
 * time up to now (or the newest thing drawn, `latest`, should its clock be ahead) with some room, 10 minutes at least;
 * before and after, the whole session.
 */
export function shownUntil(session: { start: number; end: number }, now: number, latest: number): number {
  const { start, end } = session;
  if (now < start || now >= end) return end;
  const passed = Math.max(now, latest) - start;
  const length = LENGTHS.find((candidate) => passed <= candidate * FILLED);
  return length === undefined ? end : Math.min(end, start + length);
}
