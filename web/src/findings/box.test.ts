import { expect, it } from 'vitest';
import { boxStyle } from './box.ts';

it('places a face in per cent of the picture', () => {
  expect(boxStyle({ x: 0.25, y: 0.5, width: 0.1, height: 0.2 })).toEqual({ left: '25%', top: '50%', width: '10%', height: '20%' });
});

it('cuts a face at the edge instead of pushing it inside', () => {
  expect(boxStyle({ x: -0.05, y: 0.9, width: 0.1, height: 0.2 })).toEqual({ left: '0%', top: '90%', width: '5%', height: '10%' });
});
