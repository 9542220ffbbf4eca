import { describe, expect, it } from 'vitest';
import { fittingGrid, GRIDS, wallPage } from './wallPages.ts';

const cameras = Array.from({ length: 11 }, (_, i) => i);

describe('wallPage', () => {
  it('shows every camera exactly once over its pages', () => {
    for (const grid of GRIDS) {
      const { pages } = wallPage(cameras, grid, 1);
      const all = Array.from({ length: pages }, (_, i) => wallPage(cameras, grid, i + 1).shown).flat();
      expect(all).toEqual(cameras);
    }
  });

  it('stays on a page that exists when cameras go away', () => {
    expect(wallPage(cameras, 9, 7)).toMatchObject({ page: 2, pages: 2, shown: [9, 10] });
    expect(wallPage([], 4, 3)).toEqual({ page: 1, pages: 1, shown: [] });
    expect(wallPage(cameras, 4, Number.NaN).page).toBe(1);
  });
});

it('chooses a layout for the cameras there are', () => {
  expect([0, 1, 2, 4, 5, 9, 10, 16, 30].map(fittingGrid)).toEqual([1, 1, 4, 4, 9, 9, 16, 16, 16]);
});
