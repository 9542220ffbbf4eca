import { describe, expect, it } from 'vitest';
import { NARROWEST, pan, placed, shareOf, ticks, timeAt, within, zoom, type Window } from './axis.ts';

const HOUR = 3_600_000;
const day: Window = { from: 0, to: 24 * HOUR };

describe('the time line', () => {
  it('turns time into place and back', () => {
    for (const at of [0, 1, 5 * HOUR, 24 * HOUR]) expect(timeAt(day, shareOf(day, at))).toBeCloseTo(at);
    expect(timeAt(day, -3)).toBe(0);
    expect(timeAt(day, 7)).toBe(24 * HOUR);
  });

  it('keeps what is under the pointer there while zooming', () => {
    const around = 9 * HOUR;
    const closer = zoom(day, day, around, 0.5);
    expect(closer.to - closer.from).toBe(12 * HOUR);
    expect(shareOf(closer, around)).toBeCloseTo(shareOf(day, around));
  });

  it('neither leaves the day nor becomes absurdly narrow, whatever is asked', () => {
    let window = day;
    for (const [around, factor] of [[0, 0.1], [24 * HOUR, 0.1], [3 * HOUR, 0.001], [HOUR, 9], [23 * HOUR, 0.5], [0, 100]] as const) {
      window = zoom(day, window, around, factor);
      expect(window.from).toBeGreaterThanOrEqual(day.from);
      expect(window.to).toBeLessThanOrEqual(day.to);
      expect(window.to - window.from).toBeGreaterThanOrEqual(NARROWEST);
    }
    expect(pan(day, { from: 0, to: HOUR }, -5)).toEqual({ from: 0, to: HOUR });
    expect(pan(day, { from: 22 * HOUR, to: 23 * HOUR }, 9)).toEqual({ from: 23 * HOUR, to: 24 * HOUR });
    expect(within(day, { from: -HOUR, to: 99 * HOUR })).toEqual(day);
  });

  it('labels round clock times, and not too many', () => {
    expect(ticks(day.from, day, 12)).toEqual([0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24].map((h) => h * HOUR));
    const narrow = { from: 9 * HOUR + 61_000, to: 9 * HOUR + 61_000 + NARROWEST };
    const close = ticks(day.from, narrow, 12);
    expect(close.length).toBeGreaterThan(4);
    expect(close.every((at) => at % 5_000 === 0)).toBe(true);
    const clip = ticks(day.from, { from: 9 * HOUR + 61_000, to: 9 * HOUR + 22 * 60_000 }, 12);
    expect(clip.every((at) => at % 120_000 === 0)).toBe(true);
  });

  it('draws only what is seen, and everything that is seen', () => {
    const window = { from: 8 * HOUR, to: 10 * HOUR };
    expect(placed(window, 0, 8 * HOUR)).toBeNull();
    expect(placed(window, 10 * HOUR, 11 * HOUR)).toBeNull();
    expect(placed(window, 7 * HOUR, 9 * HOUR)).toEqual({ left: 0, width: 0.5 });
    expect(placed(window, 9 * HOUR, 9 * HOUR + 1)?.width).toBeGreaterThan(0.0005);
  });
});
