import { expect, it } from 'vitest';
import { fitted, stateOf } from './useCamera.ts';

it('sends pictures no larger than a face needs, and never enlarges one', () => {
  expect(fitted(1280, 720)).toEqual({ width: 960, height: 540 });
  expect(fitted(720, 1280)).toEqual({ width: 540, height: 960 });
  expect(fitted(640, 480)).toEqual({ width: 640, height: 480 });
});

it('tells a camera that may not be used from one that is not there', () => {
  expect(stateOf(new DOMException('', 'NotAllowedError'))).toBe('denied');
  expect(stateOf(new DOMException('', 'NotFoundError'))).toBe('missing');
  expect(stateOf(new DOMException('', 'NotReadableError'))).toBe('failed');
  expect(stateOf(new Error('anything'))).toBe('failed');
});
