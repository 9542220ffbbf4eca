import { describe, expect, it } from 'vitest';
import { noted, step, UNKNOWN, type FrameClock } from './frames.ts';

/** A film whose pictures begin at `times`; seeking answers the one on the screen then. */
function film(times: readonly number[], duration: number) {
  const sought: number[] = [];
  const self = { currentTime: 0, duration };
  const seek = (to: number): Promise<number | null> => {
    self.currentTime = to;
    sought.push(to);
    return Promise.resolve(times.findLast((time) => time <= to) ?? times[0] ?? 0);
  };
  return { self, seek, sought };
}

describe('stepping by a picture', () => {
  it('finds the very next one of a slow camera, and then knows how long they last', async () => {
    const slow = film([0, 0.25, 0.5, 0.75], 1);
    const first = await step(slow.self, { ...UNKNOWN, shown: 0 }, 1, slow.seek);
    expect(first.clock.shown).toBe(0.25);
    slow.sought.length = 0;
    const second = await step(slow.self, first.clock, 1, slow.seek);
    expect(second.clock.shown).toBe(0.5);
    expect(slow.sought).toHaveLength(1);
  });

  it('goes back one by one as well', async () => {
    const quick = film([0, 0.04, 0.08, 0.12], 0.16);
    let clock: FrameClock = { shown: 0.12, lasts: 0.04 };
    for (const expected of [0.08, 0.04, 0]) {
      ({ clock } = await step(quick.self, clock, -1, quick.seek));
      expect(clock.shown).toBe(expected);
    }
    expect((await step(quick.self, clock, -1, quick.seek)).ended).toBe('edge');
  });

  it('says when the film is over', async () => {
    const short = film([0, 0.04], 0.08);
    expect((await step(short.self, { shown: 0.04, lasts: 0.04 }, 1, short.seek)).ended).toBe('edge');
  });

  it('learns from a running film how long a picture lasts, and is not misled by skipped ones', () => {
    let clock: FrameClock = { shown: null, lasts: 0.25 };
    for (const at of [0, 0.04, 0.2]) clock = noted(clock, at);
    expect(clock).toEqual({ shown: 0.2, lasts: 0.04 });
  });
});
