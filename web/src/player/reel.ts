/** A file to play, and the time that it shows: [start, end) in milliseconds since the epoch. */
export interface Piece {
  readonly src: string;
  readonly start: number;
  readonly end: number;
}

/** Where playing goes on: a piece, and how many seconds into it. */
export interface Place {
  readonly piece: Piece;
  readonly offset: number;
}

/** The piece that shows an instant. */
export function placeAt(reel: readonly Piece[], at: number): Place | null {
  const piece = reel.find((one) => one.start <= at && at < one.end);
  return piece === undefined ? null : { piece, offset: (at - piece.start) / 1000 };
}

/** Where an instant can be watched: there, else at the next picture after it, else at the last one before it. */
export function nearest(reel: readonly Piece[], at: number): Place | null {
  const there = placeAt(reel, at);
  if (there !== null) return there;
  const next = reel.find((one) => one.start > at);
  if (next !== undefined) return { piece: next, offset: 0 };
  const last = reel.at(-1);
  return last === undefined ? null : { piece: last, offset: Math.max(0, (last.end - last.start) / 1000 - 0.1) };
}

/** The piece after or before one in time, whether or not a hole lies between them. */
export function neighbour(reel: readonly Piece[], src: string, direction: 1 | -1): Piece | null {
  const index = reel.findIndex((one) => one.src === src);
  return index < 0 ? null : (reel[index + direction] ?? null);
}
