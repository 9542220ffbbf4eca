import { describe, expect, it } from 'vitest';
import { addMark, pictureAge, type ArrivalMark } from './delay.ts';

const marks: ArrivalMark[] = [
  { mediaEnd: 10, arrivedMs: 50_000 },
  { mediaEnd: 10.5, arrivedMs: 50_500 },
];

describe('pictureAge', () => {
  it('knows nothing before the first fragment', () => {
    expect(pictureAge([], 0, 1, 0)).toBeNull();
  });

  it('reads the arrival of the picture shown, not of the newest', () => {
    expect(pictureAge(marks, 10, 50_800, 0)).toBe(800);
    expect(pictureAge(marks, 10.25, 50_800, 0)).toBe(550);
  });

  it('takes the recorder’s clock for its own', () => {
    expect(pictureAge(marks, 10.5, 40_600, 10_000)).toBe(100);
  });

  it('is never negative and goes on growing when no fragment comes', () => {
    expect(pictureAge(marks, 10.5, 50_400, 0)).toBe(0);
    expect(pictureAge(marks, 10.5, 58_500, 0)).toBe(8_000);
  });
});

it('keeps a bounded tail of marks', () => {
  let all: readonly ArrivalMark[] = [];
  for (let i = 0; i < 500; i += 1) all = addMark(all, { mediaEnd: i, arrivedMs: i });
  expect(all).toHaveLength(40);
  expect(all.at(-1)?.mediaEnd).toBe(499);
});
