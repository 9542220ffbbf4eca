/** How old the picture on the screen is: media positions are tied to the instants at which their fragments reached the recorder. */

export interface ArrivalMark {
  /** The end of the fragment on the media time line, in seconds. */
  readonly mediaEnd: number;
  /** When the fragment's last picture reached the recorder, in milliseconds since the epoch, the recorder's clock. */
  readonly arrivedMs: number;
}

/** Enough to look back over the longest delay that is not jumped over. */
const KEEP = 40;

export function addMark(marks: readonly ArrivalMark[], mark: ArrivalMark): readonly ArrivalMark[] {
  return [...marks.slice(-(KEEP - 1)), mark];
}

/**
 * Milliseconds from a picture's arrival at the recorder to now; null before the first fragment.
 *
 * `skewMs` is the recorder's clock minus this computer's. Between two marks time runs as the media's does.
 */
export function pictureAge(marks: readonly ArrivalMark[], at: number, nowMs: number, skewMs: number): number | null {
  const mark = marks.find((m) => m.mediaEnd >= at) ?? marks.at(-1);
  if (mark === undefined) return null;
  const arrivedMs = mark.arrivedMs - (mark.mediaEnd - at) * 1000;
  return Math.max(0, nowMs + skewMs - arrivedMs);
}
