import { describe, expect, it } from 'vitest';
import type { Part } from '~/api/schema.d.ts';
import { missingIn, reelOf, stretchAt, stretches, totals } from './stretches.ts';

const T0 = Date.parse('2026-11-23T00:00:00Z');
const iso = (second: number): string => new Date(T0 + second * 1000).toISOString();
const at = (second: number): number => T0 + second * 1000;
const recorded = (from: number, to: number, segment: string): Part => ({ start: iso(from), end: iso(to), kind: 'recorded', segment_id: segment, cause: null });
const missing = (from: number, to: number, cause: Part['cause']): Part => ({ start: iso(from), end: iso(to), kind: 'missing', segment_id: null, cause });

const parts: Part[] = [
  missing(0, 30, 'recorder_down'),
  recorded(30, 90, 'a'),
  recorded(90, 150, 'b'),
  missing(150, 160, 'unreachable'),
  missing(160, 170, 'stalled'),
  recorded(170, 200, 'c'),
];

describe('stretches', () => {
  it('join neighbours of one kind and one cause only', () => {
    expect(stretches(parts)).toEqual([
      { start: at(0), end: at(30), missing: 'recorder_down' },
      { start: at(30), end: at(150), missing: null },
      { start: at(150), end: at(160), missing: 'unreachable' },
      { start: at(160), end: at(170), missing: 'stalled' },
      { start: at(170), end: at(200), missing: null },
    ]);
  });

  it('do not bridge a hole that nobody accounted for', () => {
    expect(stretches([recorded(0, 10, 'a'), recorded(11, 20, 'b')])).toHaveLength(2);
  });

  it('name an unnamed cause', () => {
    expect(stretches([missing(0, 1, null)])[0]?.missing).toBe('unknown');
  });

  it('add up to the time they tile', () => {
    expect(totals(stretches(parts))).toEqual({ recorded: 150_000, missing: 50_000 });
  });
});

describe('playing', () => {
  it('has a piece a segment, where there is one', () => {
    expect(reelOf(parts).map((piece) => [piece.src.split('/').at(-2), piece.start])).toEqual([['a', at(30)], ['b', at(90)], ['c', at(170)]]);
  });

  it('knows what a click has hit', () => {
    const drawn = stretches(parts);
    expect(stretchAt(drawn, at(155))?.missing).toBe('unreachable');
    expect(stretchAt(drawn, at(200))).toBeNull();
  });

  it('knows how much of a range is missing, also where nobody accounted for it', () => {
    const drawn = stretches(parts);
    expect(missingIn(drawn, at(40), at(100))).toBe(0);
    expect(missingIn(drawn, at(145), at(175))).toBe(20_000);
    expect(missingIn(drawn, at(190), at(230))).toBe(30_000);
  });
});
