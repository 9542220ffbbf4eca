import { expect, it } from 'vitest';
import { cropStyle } from './crop.ts';

const picture = { width: 1000, height: 500 };

it('shows the middle of the face in the middle of a square', () => {
  // 100 × 100 pixels at (450, 200): with 35 of them around it, 170 pixels from (415, 165) on.
  expect(cropStyle({ x: 0.45, y: 0.4, width: 0.1, height: 0.2 }, picture)).toEqual({ width: '588.24%', left: '-244.12%', top: '-97.06%' });
});

it('stays inside the picture', () => {
  const corner = cropStyle({ x: 0, y: 0, width: 0.1, height: 0.2 }, picture);
  expect([corner.left, corner.top]).toEqual(['0.00%', '0.00%']);
  expect(cropStyle({ x: 0, y: 0, width: 1, height: 1 }, picture)).toEqual({ width: '200.00%', left: '-50.00%', top: '0.00%' });
});
