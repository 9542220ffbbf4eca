/** The part of a day that the time line shows, in milliseconds since the epoch: [from, to). */
export interface Window {
  readonly from: number;
  readonly to: number;
}

const MINUTE = 60_000;
/** Close enough to tell one second from the next. */
export const NARROWEST = MINUTE / 2;

const STEPS = [1 / 60, 1 / 30, 1 / 12, 1 / 6, 1 / 4, 1 / 2, 1, 2, 5, 10, 15, 30, 60, 120, 180].map((minutes) => minutes * MINUTE);

export function shareOf(window: Window, at: number): number {
  return (at - window.from) / (window.to - window.from);
}

export function timeAt(window: Window, share: number): number {
  return window.from + Math.min(1, Math.max(0, share)) * (window.to - window.from);
}

/** The window moved and, when it must, shortened to lie within `day`. */
export function within(day: Window, window: Window): Window {
  const length = Math.min(day.to - day.from, window.to - window.from);
  const from = Math.min(Math.max(window.from, day.from), day.to - length);
  return { from, to: from + length };
}

/** Closer (factor below 1) or wider, with the instant `around` staying where it is on the screen. */
export function zoom(day: Window, window: Window, around: number, factor: number): Window {
  const length = Math.min(day.to - day.from, Math.max(NARROWEST, (window.to - window.from) * factor));
  const from = around - shareOf(window, around) * length;
  return within(day, { from, to: from + length });
}

export function pan(day: Window, window: Window, screens: number): Window {
  const by = (window.to - window.from) * screens;
  return within(day, { from: window.from + by, to: window.to + by });
}

/** Round instants to label, at most `most` of them, counted from a midnight so that they fall on round clock times. */
export function ticks(midnight: number, window: Window, most: number): number[] {
  const length = window.to - window.from;
  const step = STEPS.find((candidate) => length / candidate <= most) ?? 240 * MINUTE;
  const first = Math.ceil((window.from - midnight) / step);
  const found: number[] = [];
  for (let i = first; midnight + i * step <= window.to; i += 1) found.push(midnight + i * step);
  return found;
}

/** Where a stretch is drawn, in shares of the width; null when it lies outside. Never thinner than can be seen. */
export function placed(window: Window, start: number, end: number): { left: number; width: number } | null {
  if (end <= window.from || start >= window.to) return null;
  const left = Math.max(0, shareOf(window, start));
  const right = Math.min(1, shareOf(window, end));
  return { left, width: Math.max(0.0008, right - left) };
}
