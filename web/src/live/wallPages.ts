export const GRIDS = [1, 4, 9, 16] as const;
export type Grid = (typeof GRIDS)[number];

export interface WallPage<T> {
  readonly shown: readonly T[];
  readonly page: number;
  readonly pages: number;
}

/** The cameras of one screen of the wall; a page out of range is the nearest one that exists. Pages count from 1. */
export function wallPage<T>(cameras: readonly T[], grid: Grid, wanted: number): WallPage<T> {
  const pages = Math.max(1, Math.ceil(cameras.length / grid));
  const page = Math.min(pages, Math.max(1, Math.trunc(wanted) || 1));
  return { shown: cameras.slice((page - 1) * grid, page * grid), page, pages };
}

/** The smallest layout that shows all, if one does. */
export function fittingGrid(count: number): Grid {
  return GRIDS.find((grid) => grid >= count) ?? 16;
}
