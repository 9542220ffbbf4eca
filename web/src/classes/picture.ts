/** What the server takes; checked here too so that nobody waits for an upload that cannot succeed. */
const TYPES = ['image/jpeg', 'image/png'] as const;
export const PICTURE_MAX_BYTES = 10_000_000;

export type PictureType = (typeof TYPES)[number];
export type PictureCheck = { ok: true; type: PictureType } | { ok: false; why: 'wrongType' | 'tooBig' };

export function checkPicture(file: { type: string; size: number }): PictureCheck {
  const type = TYPES.find((known) => known === file.type);
  if (type === undefined) return { ok: false, why: 'wrongType' };
  return file.size > PICTURE_MAX_BYTES ? { ok: false, why: 'tooBig' } : { ok: true, type };
}
