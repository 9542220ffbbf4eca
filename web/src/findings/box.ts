import type { FrameFace } from '~/api/schema.d.ts';

export interface BoxStyle {
  readonly left: string;
  readonly top: string;
  readonly width: string;
  readonly height: string;
}

/** A face's place over the picture in per cent, cut at the picture's edge: detectors look a little beyond it. */
export function boxStyle(face: Pick<FrameFace, 'x' | 'y' | 'width' | 'height'>): BoxStyle {
  const left = clamp(face.x);
  const top = clamp(face.y);
  const right = clamp(face.x + face.width);
  const bottom = clamp(face.y + face.height);
  return { left: share(left), top: share(top), width: share(right - left), height: share(bottom - top) };
}

const clamp = (n: number): number => Math.min(1, Math.max(0, n));
const share = (n: number): string => `${Number((n * 100).toFixed(3))}%`;
