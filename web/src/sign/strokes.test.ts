import { expect, it } from 'vitest';
import { isSignature, onPad, PAD, typeSize } from './strokes.ts';

it('finds the pen on the pad, whatever size the pad has on the screen', () => {
  const box = { left: 100, top: 50, width: 300, height: 100 };
  expect(onPad({ clientX: 250, clientY: 100 }, box)).toEqual({ x: PAD.width / 2, y: PAD.height / 2 });
  expect(onPad({ clientX: 0, clientY: 999 }, box)).toEqual({ x: 0, y: PAD.height });
});

it('takes no dot for a signature, and two short strokes together for one', () => {
  expect(isSignature([])).toBe(false);
  expect(isSignature([[{ x: 1, y: 1 }]])).toBe(false);
  expect(isSignature([[{ x: 0, y: 0 }, { x: 40, y: 0 }]])).toBe(false);
  expect(isSignature([[{ x: 0, y: 0 }, { x: 40, y: 0 }], [{ x: 0, y: 9 }, { x: 20, y: 9 }]])).toBe(true);
});

it('writes a long name smaller', () => {
  expect(typeSize(3)).toBe(96);
  expect(typeSize(20) * 20).toBeLessThanOrEqual(PAD.width);
});
