import { describe, expect, it } from 'vitest';
import { LIVE_LIMITS, planBuffer } from './buffer.ts';

describe('planBuffer', () => {
  it('waits while nothing has arrived', () => {
    expect(planBuffer({ ranges: [], at: 0 })).toEqual({ seekTo: null, rate: 1, remove: null, behind: null });
  });

  it('goes to the footage when the stream does not begin at zero', () => {
    const plan = planBuffer({ ranges: [{ start: 4000, end: 4000.5 }], at: 0 });
    expect(plan.seekTo).toBeCloseTo(4000.15);
    expect(plan.behind).toBeCloseTo(LIVE_LIMITS.target);
  });

  it('lands inside the footage even when there is less of it than the target', () => {
    expect(planBuffer({ ranges: [{ start: 10, end: 10.1 }], at: 0 }).seekTo).toBe(10);
  });

  it('leaves a picture alone that is near the edge', () => {
    expect(planBuffer({ ranges: [{ start: 0, end: 5 }], at: 4.4 })).toMatchObject({ seekTo: null, rate: 1, remove: null });
  });

  it('hurries when a little late and jumps when very late', () => {
    expect(planBuffer({ ranges: [{ start: 0, end: 5 }], at: 3.5 })).toMatchObject({ seekTo: null, rate: 1.08 });
    expect(planBuffer({ ranges: [{ start: 0, end: 5 }], at: 1 })).toMatchObject({ seekTo: 4.65, rate: 1 });
  });

  it('leaps over a hole instead of waiting in front of it', () => {
    const ranges = [{ start: 0, end: 5 }, { start: 5.6, end: 6.1 }];
    expect(planBuffer({ ranges, at: 5 }).seekTo).toBeCloseTo(5.75);
  });

  it('comes back when it stands beyond the newest picture', () => {
    expect(planBuffer({ ranges: [{ start: 0, end: 5 }], at: 9 }).seekTo).toBeCloseTo(4.65);
  });

  it('drops what is far behind, in pieces worth the trouble, never near the picture', () => {
    expect(planBuffer({ ranges: [{ start: 0, end: 20 }], at: 19.5 }).remove).toBeNull();
    expect(planBuffer({ ranges: [{ start: 0, end: 31 }], at: 30.5 }).remove).toEqual({ start: 0, end: 22.5 });
  });

  it('keeps the buffer bounded over an hour of half-second fragments', () => {
    let start = 0;
    let at = 0;
    let longest = 0;
    for (let end = 0.5; end < 3600; end += 0.5) {
      at = Math.min(end, at + 0.5);
      const plan = planBuffer({ ranges: [{ start, end }], at });
      at = plan.seekTo ?? at;
      if (plan.remove !== null) start = plan.remove.end;
      expect(start).toBeLessThan(at);
      longest = Math.max(longest, end - start);
    }
    expect(longest).toBeLessThan(LIVE_LIMITS.keepBehind + LIVE_LIMITS.removeAtLeast + 2);
  });
});
