import { describe, expect, it } from 'vitest';
import { nearest, neighbour, placeAt, type Piece } from './reel.ts';

const reel: readonly Piece[] = [
  { src: 'a', start: 0, end: 60_000 },
  { src: 'b', start: 60_000, end: 120_000 },
  { src: 'c', start: 300_000, end: 360_000 },
];

describe('a reel', () => {
  it('knows the piece of an instant, the first instant inside and the last outside', () => {
    expect(placeAt(reel, 61_500)).toEqual({ piece: reel[1], offset: 1.5 });
    expect(placeAt(reel, 60_000)).toEqual({ piece: reel[1], offset: 0 });
    expect(placeAt(reel, 120_000)).toBeNull();
  });

  it('goes over a hole to the next picture, and back from behind the end to the last', () => {
    expect(nearest(reel, 200_000)).toEqual({ piece: reel[2], offset: 0 });
    expect(nearest(reel, 999_000)).toEqual({ piece: reel[2], offset: 59.9 });
    expect(nearest([], 0)).toBeNull();
  });

  it('knows what comes after and before', () => {
    expect(neighbour(reel, 'b', 1)).toBe(reel[2]);
    expect(neighbour(reel, 'b', -1)).toBe(reel[0]);
    expect(neighbour(reel, 'c', 1)).toBeNull();
    expect(neighbour(reel, 'gone', 1)).toBeNull();
  });
});
