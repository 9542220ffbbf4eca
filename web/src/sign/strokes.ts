/** A point of the pen, in the pad's own units. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

export type Stroke = readonly Point[];

/** The pad's own size; the screen shows it larger or smaller. */
export const PAD = { width: 600, height: 200 } as const;

/** Less than this was a slip of the hand, and no signature. */
const SHORTEST = 60;

/** Where on the pad a pointer is, from where the pad is on the screen. */
export function onPad(pointer: { clientX: number; clientY: number }, box: { left: number; top: number; width: number; height: number }): Point {
  const share = (at: number, from: number, length: number) => (length === 0 ? 0 : Math.min(1, Math.max(0, (at - from) / length)));
  return { x: share(pointer.clientX, box.left, box.width) * PAD.width, y: share(pointer.clientY, box.top, box.height) * PAD.height };
}

/** Whether so much was drawn that it is a signature. */
export function isSignature(strokes: readonly Stroke[]): boolean {
  return strokes.reduce((sum, stroke) => sum + lengthOf(stroke), 0) >= SHORTEST;
}

function lengthOf(stroke: Stroke): number {
  let length = 0;
  for (const [n, point] of stroke.entries()) {
    const before = stroke[n - 1];
    if (before !== undefined) length += Math.hypot(point.x - before.x, point.y - before.y);
  }
  return length;
}

/** The largest type in which a typed name of `letters` fits the pad. */
export function typeSize(letters: number): number {
  return Math.min(96, Math.floor((PAD.width - 40) / Math.max(1, letters)));
}
