/** The part of a video element that stepping needs. */
interface Film {
  currentTime: number;
  readonly duration: number;
}

export interface FrameClock {
  /** Seconds at which the picture on the screen begins, as far as the browser tells. */
  shown: number | null;
  /** Seconds that a picture lasts, as far as known; short rather than long, so that none is skipped. */
  lasts: number;
}

export const UNKNOWN: FrameClock = { shown: null, lasts: 1 / 50 };

/** Takes note of a picture that came on the screen while the film ran. */
export function noted(clock: FrameClock, mediaTime: number): FrameClock {
  const passed = clock.shown === null ? 0 : mediaTime - clock.shown;
  const lasts = passed > 1 / 130 && passed < clock.lasts ? passed : clock.lasts;
  return { shown: mediaTime, lasts };
}

/** How it ended: another picture, or the end of the film on that side. */
type Stepped = 'shown' | 'edge';

const TRIES = 150;
/** No camera sends fewer than two pictures a second; a busy browser may show them later than that. */
const LONGEST = 0.5;

/**
 * Goes to the next or the last picture before. `seek` moves the film and answers what is on the screen then. How long a
 * picture lasts is found by trying, since a file does not say: a camera in the dark sends four a second.
 */
export async function step(film: Film, clock: FrameClock, direction: 1 | -1, seek: (to: number) => Promise<number | null>): Promise<{ clock: FrameClock; ended: Stepped }> {
  const from = clock.shown ?? film.currentTime;
  for (let tries = 1; tries <= TRIES; tries += 1) {
    const to = direction > 0 ? from + clock.lasts * (tries + 0.5) : from - clock.lasts * (tries - 0.5);
    if (to < 0 || to >= film.duration) return { clock, ended: 'edge' };
    const shown = await seek(to);
    if (shown === null) return { clock: { ...clock, shown: to }, ended: 'shown' };
    if (Math.abs(shown - from) > 0.001) {
      const learnt = direction > 0 && shown > from && shown - from <= LONGEST ? shown - from : clock.lasts;
      return { clock: { shown, lasts: learnt }, ended: 'shown' };
    }
  }
  return { clock, ended: 'shown' };
}
